using Dapper;
using Eventicat.Accounts;
using Eventicat.Control.Storage.Sqlite;

namespace Eventicat.Control.KeyUse;

/// <summary>Where gateways have no Redis to keep last uses in, the dashboard asks them and keeps what they say here.</summary>
public sealed class SqliteKeyUse : IKeyUse
{
    private const string Upsert = """
        INSERT INTO key_use (account, key, used) VALUES (@account, @key, @used)
        ON CONFLICT (account, key) DO UPDATE SET used = excluded.used WHERE excluded.used > used
        """;

    private readonly ControlDatabase _database;

    internal SqliteKeyUse(ControlDatabase database) => _database = database;

    public Task<IReadOnlyDictionary<KeyId, DateTimeOffset>> ReadAsync(AccountId account, CancellationToken cancellationToken) =>
        Task.FromResult(_database.Read<IReadOnlyDictionary<KeyId, DateTimeOffset>>(new Dictionary<KeyId, DateTimeOffset>(), connection => connection
            .Query<(string Key, long Used)>("SELECT key, used FROM key_use WHERE account = @account", new { account = account.ToString() })
            .ToDictionary(row => KeyId.Parse(row.Key), row => DateTimeOffset.FromUnixTimeSeconds(row.Used))));

    /// <summary>Keeps the later of what is known and what is told.</summary>
    public void Record(IEnumerable<KeyUsed> uses) =>
        _database.Run(connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            connection.Execute(
                Upsert,
                uses.Select(use => new { account = use.Account.ToString(), key = use.Key.ToString(), used = use.Used.ToUnixTimeSeconds() }),
                transaction);
            transaction.Commit();
            return true;
        });
}
