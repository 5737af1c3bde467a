using System.Security.Cryptography;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Control.Auditing;
using Eventicat.Control.Storage;

namespace Eventicat.Control.Tokens;

/// <summary>What can be done to operator tokens.</summary>
public sealed class TokenOperations(IRecordStore records, IAuditLog audit, TimeProvider time)
{
    /// <summary>How exact <see cref="TokenRecord.Used"/> is: each use would otherwise be a write.</summary>
    private static readonly TimeSpan UsePrecision = TimeSpan.FromHours(1);

    /// <param name="actor">Who makes it.</param>
    /// <param name="name">What people call it; goes into the audit log as the actor, so it may not be empty.</param>
    /// <param name="expires">The first moment at which it no longer works; <c>null</c> for never.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    /// <exception cref="ArgumentException">The name is empty or not allowed.</exception>
    public async Task<NewToken> CreateAsync(Actor actor, string name, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (ValidateName(name) is { } rule)
        {
            throw new ArgumentException(rule, nameof(name));
        }

        var secret = OperatorToken.Generate();
        var record = new TokenRecord(secret.Id, name, secret.Sha256, time.GetUtcNow(), expires, Used: null);
        await AuditAsync(actor, AuditAction.TokenCreate, record, cancellationToken);
        return await records.TryPutAsync(RecordKind.Token, new StoredRecord(record.Id, 0, record.Write()), null, cancellationToken)
            ? new NewToken(record, secret)
            : throw new InvalidOperationException("The random source repeats itself.");
    }

    /// <summary>What is wrong with a token's name, or <c>null</c>.</summary>
    public static string? ValidateName(string name) =>
        string.IsNullOrWhiteSpace(name) ? "The name must not be empty"
        : AccountName.Validate(name) is { } rule ? $"The name {rule}"
        : null;

    /// <summary>Tokens in order of their ids.</summary>
    public async Task<IReadOnlyList<TokenRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Token, after, limit, cancellationToken)).Select(record => TokenRecord.Read(record.Json))];

    /// <returns>Whether there was such a token.</returns>
    public async Task<bool> RevokeAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await records.FindAsync(RecordKind.Token, id, cancellationToken) is not { } record)
        {
            return false;
        }

        await AuditAsync(actor, AuditAction.TokenRevoke, TokenRecord.Read(record.Json), cancellationToken);
        return await records.DeleteAsync(RecordKind.Token, id, cancellationToken);
    }

    /// <returns>The token's record; <c>null</c>: not a token, unknown, revoked or expired.</returns>
    public async Task<TokenRecord?> VerifyAsync(string? text, CancellationToken cancellationToken)
    {
        if (!OperatorToken.TryParse(text, out var token)
            || await records.FindAsync(RecordKind.Token, token.Id, cancellationToken) is not { } stored)
        {
            return null;
        }

        var record = TokenRecord.Read(stored.Json);
        var now = time.GetUtcNow();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(record.Sha256), Encoding.ASCII.GetBytes(token.Sha256))
            || record.Expires <= now)
        {
            return null;
        }

        if (record.Used is not { } used || now - used >= UsePrecision)
        {
            // Whoever comes second finds that the first has written the same.
            await records.TryPutAsync(
                RecordKind.Token, stored with { Json = (record with { Used = now }).Write() }, expires: null, cancellationToken);
        }

        return record;
    }

    private Task AuditAsync(Actor actor, string action, TokenRecord token, CancellationToken cancellationToken) => audit.AppendAsync(
        new AuditEntry(time.GetUtcNow(), actor.ToString(), action, Subject: token.Id, Detail: token.Name), cancellationToken);
}
