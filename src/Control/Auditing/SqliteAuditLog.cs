using System.Globalization;
using Dapper;
using Eventicat.Accounts;
using Eventicat.Control.Storage.Sqlite;

namespace Eventicat.Control.Auditing;

/// <summary>The audit log in the SQLite file.</summary>
internal sealed class SqliteAuditLog(ControlDatabase database) : IAuditLog
{
    private const string Append = """
        INSERT INTO audit (time, actor, action, account, subject, detail)
        VALUES (@Time, @Actor, @Action, @Account, @Subject, @Detail);
        DELETE FROM audit WHERE seq <= (SELECT max(seq) FROM audit) - @All;
        """;

    private const string Read = """
        SELECT seq, time, actor, action, account, subject, detail FROM audit
        WHERE seq < @before ORDER BY seq DESC LIMIT @limit
        """;

    private const string ReadOfAccount = """
        SELECT seq, time, actor, action, account, subject, detail FROM audit
        WHERE account = @account AND seq < @before ORDER BY seq DESC LIMIT @limit
        """;

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        Task.FromResult(database.Run(connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var values = new
            {
                Time = entry.Time.ToUnixTimeMilliseconds(),
                entry.Actor,
                entry.Action,
                Account = entry.Account?.ToString(),
                entry.Subject,
                entry.Detail,
                AuditLimits.All,
            };
            connection.Execute(Append, values, transaction);
            transaction.Commit();
            return true;
        }));

    public Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(new AuditPage([], Next: null), connection =>
        {
            var before = long.TryParse(query.Before, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : long.MaxValue;
            var account = query.Account?.ToString();
            var rows = connection.Query<Row>(account is null ? Read : ReadOfAccount, new { before, account, limit = query.Limit + 1 }).AsList();
            return new AuditPage(
                [.. rows.Take(query.Limit).Select(row => row.ToEntry())],
                rows.Count > query.Limit ? rows[query.Limit - 1].Seq.ToString(CultureInfo.InvariantCulture) : null);
        }));

    private sealed record Row(long Seq, long Time, string Actor, string Action, string? Account, string Subject, string Detail)
    {
        public AuditEntry ToEntry() => new(
            DateTimeOffset.FromUnixTimeMilliseconds(Time), Actor, Action,
            AccountId.TryParse(Account, out var account) ? account : null, Subject, Detail);
    }
}
