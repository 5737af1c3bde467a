using Dapper;
using Eventicat.Accounts.Storage;
using Microsoft.Data.Sqlite;

namespace Eventicat.Control.Storage.Sqlite;

/// <summary>The tables, and which version of them a file has (<c>PRAGMA user_version</c>).</summary>
internal static class ControlSchema
{
    private const int Version = 1;

    private const string Create = """
        CREATE TABLE record (
            kind    TEXT    NOT NULL,
            id      TEXT    NOT NULL,
            version INTEGER NOT NULL,
            json    TEXT    NOT NULL,
            expires INTEGER,
            PRIMARY KEY (kind, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX record_expiry ON record (expires) WHERE expires IS NOT NULL;
        CREATE TABLE audit (
            seq     INTEGER PRIMARY KEY AUTOINCREMENT,
            time    INTEGER NOT NULL,
            actor   TEXT    NOT NULL,
            action  TEXT    NOT NULL,
            account TEXT,
            subject TEXT    NOT NULL,
            detail  TEXT    NOT NULL
        ) STRICT;
        CREATE INDEX audit_account ON audit (account, seq) WHERE account IS NOT NULL;
        CREATE TABLE key_use (
            account TEXT    NOT NULL,
            key     TEXT    NOT NULL,
            used    INTEGER NOT NULL,
            PRIMARY KEY (account, key)
        ) STRICT, WITHOUT ROWID;
        """;

    /// <exception cref="AccountStoreUnavailableException">A newer program wrote this file; this one would damage it.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = connection.ExecuteScalar<int>("PRAGMA user_version", transaction: transaction);
        if (version > Version)
        {
            throw new AccountStoreUnavailableException(
                $"{connection.DataSource} has schema version {version}; this program knows versions up to {Version}");
        }

        if (version == 0)
        {
            connection.Execute($"{Create}PRAGMA user_version={Version};", transaction: transaction);
        }

        transaction.Commit();
    }
}
