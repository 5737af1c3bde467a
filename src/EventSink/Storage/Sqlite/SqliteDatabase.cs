using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>How the database file is opened: once for the writer, and read-only for each reader.</summary>
internal sealed class SqliteDatabase(StorageOptions options)
{
    public const string FileName = "events.db";

    public string Folder { get; } = Path.GetFullPath(options.Path);

    public SqliteConnection OpenForWriting() => Open(SqliteOpenMode.ReadWriteCreate, [
        "PRAGMA journal_mode=WAL",
        // FULL is what makes a commit sync the WAL; NORMAL would lose acknowledged events with the power.
        "PRAGMA synchronous=FULL",
        // macOS: a plain fsync stops at the drive's cache. Without effect elsewhere.
        "PRAGMA fullfsync=ON",
    ]);

    public SqliteConnection OpenForReading() => Open(SqliteOpenMode.ReadOnly, [
        "PRAGMA query_only=ON",
        // Opening is lazy; the first read is what joins the readers of the log.
        "SELECT seq FROM event LIMIT 1",
    ]);

    private SqliteConnection Open(SqliteOpenMode mode, IEnumerable<string> pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(Folder, FileName),
            Mode = mode,
            // A pooled connection would survive being disposed of, and with it the state a failed sync left behind.
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)options.BusyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            foreach (var pragma in pragmas.Prepend(BusyTimeout()))
            {
                connection.Execute(pragma);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string BusyTimeout() => string.Create(
        CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={(int)options.BusyTimeout.TotalMilliseconds}");
}

internal static class SqliteStatements
{
    public static void Execute(this SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = new SqliteCommand(sql, connection, transaction);
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = new SqliteCommand(sql, connection, transaction);
        return command.ExecuteScalar();
    }

    /// <summary>A statement compiled once; its parameters are the names given, in that order.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = new SqliteCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        command.Prepare();
        return command;
    }
}
