using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>The tables, and which version of them a file has (<c>PRAGMA user_version</c>).</summary>
internal static class SqliteSchema
{
    public const int Version = 1;

    private const string Create = """
        CREATE TABLE event (
            seq         INTEGER PRIMARY KEY,
            id          TEXT    NOT NULL,
            account     TEXT    NOT NULL,
            aggregator  TEXT    NOT NULL,
            request_id  TEXT,
            client_id   TEXT,
            name        TEXT    NOT NULL,
            timestamp   INTEGER,
            received    INTEGER NOT NULL,
            value       REAL,
            description TEXT,
            tags        TEXT    NOT NULL,
            data        TEXT
        ) STRICT;
        CREATE UNIQUE INDEX event_request ON event (account, request_id) WHERE request_id IS NOT NULL;
        CREATE INDEX event_owner ON event (account, aggregator, seq);
        """;

    /// <summary>Creates what is missing. Always writes, so that a database that cannot be written fails here.</summary>
    /// <exception cref="EventStoreUnavailableException">A newer program wrote this file; this one would damage it.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Convert.ToInt32(connection.Scalar("PRAGMA user_version", transaction), CultureInfo.InvariantCulture);
        if (version > Version)
        {
            throw new EventStoreUnavailableException(
                $"{connection.DataSource} has schema version {version}; this program knows versions up to {Version}");
        }

        if (version == 0)
        {
            connection.Execute(Create, transaction);
        }

        connection.Execute($"PRAGMA user_version={Version}", transaction);
        transaction.Commit();
    }
}
