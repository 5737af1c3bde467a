using Eventicat.Accounts.Storage;
using Microsoft.Data.Sqlite;

namespace Eventicat.Control.Storage.Sqlite;

/// <summary>The SQLite file, opened by as many processes as like: each call is one short transaction.</summary>
internal sealed class ControlDatabase
{
    /// <summary>How long a writer waits for another one, in seconds.</summary>
    private const int BusyTimeout = 10;

    private readonly string _path;
    private readonly string _connectionString;
    private readonly Lazy<bool> _ready;

    public ControlDatabase(string path)
    {
        _path = Path.GetFullPath(path);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _path, DefaultTimeout = BusyTimeout }.ToString();
        _ready = new(Prepare, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Reads; where there is no file yet, it is not made: who only looks may have no right to.</summary>
    /// <exception cref="AccountStoreUnavailableException">The file cannot be used.</exception>
    public T Read<T>(T empty, Func<SqliteConnection, T> call) => File.Exists(_path) ? Run(call) : empty;

    /// <exception cref="AccountStoreUnavailableException">The file cannot be used.</exception>
    public T Run<T>(Func<SqliteConnection, T> call)
    {
        try
        {
            _ = _ready.Value;
            using var connection = Open();
            return call(connection);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new AccountStoreUnavailableException($"The control store '{_path}' cannot be used: {exception.Message}", exception);
        }
    }

    private bool Prepare()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        if (!OperatingSystem.IsWindows() && !File.Exists(_path))
        {
            // It holds password hashes: for its owner alone, before there is anything in it.
            using var created = new FileStream(_path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }

        using var connection = Open();
        ControlSchema.Ensure(connection);
        return true;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var pragma = connection.CreateCommand();
            pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
            pragma.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
