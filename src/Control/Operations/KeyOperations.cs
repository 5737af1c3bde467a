using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;

namespace Eventicat.Control.Operations;

/// <summary>What can be done to an account's API keys.</summary>
public sealed class KeyOperations(IAccountStore store, IAuditLog audit, TimeProvider time)
{
    private readonly AccountChanges _changes = new(store, audit, time);

    /// <summary>
    /// 16 characters, 64 bits even of hexadecimal digits: with fewer, a plain SHA-256 could be reversed by trying all,
    /// and so could the key itself at the gateway. Our own are much longer.
    /// </summary>
    internal const int MinImportedLength = 16;

    public async Task<OperationResult<NewKey>> CreateAsync(
        OperationContext context, AccountId account, KeySettings settings, CancellationToken cancellationToken)
    {
        if (Validate(settings) is { } denial)
        {
            return new(denial);
        }

        var secret = ApiKey.Generate(out var id);
        return await AddAsync(context, AuditAction.KeyCreate, account, Record(id, secret, settings), secret, cancellationToken);
    }

    /// <summary>Lets a key from elsewhere go on working. Only its digest is kept.</summary>
    /// <param name="context">On whose behalf.</param>
    /// <param name="account">Whose key it becomes.</param>
    /// <param name="text">The key; one shorter than <see cref="MinImportedLength"/> could be found by trying.</param>
    /// <param name="id">Its public id; <c>null</c> for the one that our own keys contain, or else a new one.</param>
    /// <param name="settings">As for a new key.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<OperationResult<NewKey>> ImportAsync(
        OperationContext context, AccountId account, string text, KeyId? id, KeySettings settings, CancellationToken cancellationToken)
    {
        if (Validate(settings) is { } denial)
        {
            return new(denial);
        }

        if (!ApiKey.TryParse(text, out var secret) || text.Length < MinImportedLength)
        {
            return new(Denials.InvalidKey());
        }

        var record = Record(id ?? secret.PublicId ?? NewId(), secret, settings);
        return await AddAsync(context, AuditAction.KeyImport, account, record, secret, cancellationToken);
    }

    /// <summary>A new key with the old one's name and scopes, and at most the grace to change over to it.</summary>
    public async Task<OperationResult<NewKey>> RegenerateAsync(
        OperationContext context, AccountId account, KeyId id, TimeSpan? grace, CancellationToken cancellationToken)
    {
        if (grace < TimeSpan.Zero)
        {
            return new(Denials.InvalidGrace());
        }

        var now = time.GetUtcNow();
        var secret = ApiKey.Generate(out var newId);
        var audited = new AuditedChange(
            AuditAction.KeyRegenerate, id.ToString(), (_, after) => $"replaced by {newId}, {EndOf(Find(after!, id)!)}");
        var result = await _changes.DecideExistingAsync(context, audited, account, Regenerate, cancellationToken);
        return result.Select(changed => new NewKey(changed.Keys.First(key => key.Id == newId), secret));

        Decision Regenerate(Account before)
        {
            if (Find(before, id) is not { } old)
            {
                return Denials.KeyNotFound(account, id);
            }

            if (!old.IsUsableAt(now))
            {
                return Denials.KeyNotUsable(id);
            }

            var ended = grace is { } rest && rest > TimeSpan.Zero
                ? old with { Expires = old.Expires < now + rest ? old.Expires : now + rest }
                : old with { Revoked = now };
            var replacement = new AccountKey
            {
                Id = newId,
                Name = old.Name,
                Digest = secret.Digest,
                Scopes = old.Scopes,
                Created = now,
            };
            return before with { Keys = [.. before.Keys.Select(key => key.Id == id ? ended : key), replacement] };
        }
    }

    /// <summary>Ends a key at once. Doing it again changes nothing.</summary>
    public Task<OperationResult<Account>> RevokeAsync(
        OperationContext context, AccountId account, KeyId id, CancellationToken cancellationToken) =>
        RevokeAsync(context, AuditAction.KeyRevoke, account, id, cancellationToken);

    /// <summary>Ends a key that somebody has found where it should not be.</summary>
    /// <param name="context">On whose behalf.</param>
    /// <param name="text">The key as it was found.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    /// <returns>The key's record, revoked; a denial when nobody has the key.</returns>
    public async Task<OperationResult<LeakedKey>> ReportLeakAsync(OperationContext context, string text, CancellationToken cancellationToken)
    {
        if (!ApiKey.TryParse(text, out var key)
            || await store.FindByKeyAsync(key.Digest, cancellationToken) is not { } snapshot
            || snapshot.FindKey(key.Digest) is not { } record)
        {
            return new(Denials.UnknownKey());
        }

        var result = await RevokeAsync(context, AuditAction.KeyLeak, snapshot.Account.Id, record.Id, cancellationToken);
        return result.Select(changed => new LeakedKey(changed.Id, Find(changed, record.Id)!));
    }

    private Task<OperationResult<Account>> RevokeAsync(
        OperationContext context, string action, AccountId account, KeyId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return _changes.DecideExistingAsync(
            context,
            new AuditedChange(action, id.ToString()),
            account,
            before => Find(before, id) is not { } old ? Denials.KeyNotFound(account, id)
                : old.Revoked is not null ? before
                : before with { Keys = [.. before.Keys.Select(key => key.Id == id ? key with { Revoked = now } : key)] },
            cancellationToken);
    }

    private static KeyId NewId()
    {
        _ = ApiKey.Generate(out var id);
        return id;
    }

    private static AccountKey? Find(Account account, KeyId id) => account.Keys.FirstOrDefault(key => key.Id == id);

    private AccountKey Record(KeyId id, ApiKey secret, KeySettings settings) => new()
    {
        Id = id,
        Name = settings.Name,
        Digest = secret.Digest,
        Scopes = settings.Scopes,
        Created = time.GetUtcNow(),
        Expires = settings.Expires,
    };

    private async Task<OperationResult<NewKey>> AddAsync(
        OperationContext context, string action, AccountId account, AccountKey key, ApiKey secret, CancellationToken cancellationToken)
    {
        var result = await _changes.DecideExistingAsync(
            context,
            new AuditedChange(action, key.Id.ToString(), (_, _) => string.Join(", ", Describe(key))),
            account,
            before => Find(before, key.Id) is not null ? Denials.KeyExists(account, key.Id)
                : before.Keys.Any(other => other.Digest == key.Digest) ? Denials.SameKey(account)
                : before with { Keys = [.. before.Keys, key] },
            cancellationToken);
        return result.Select(_ => new NewKey(key, secret));
    }

    private static IEnumerable<string> Describe(AccountKey key)
    {
        if (key.Name.Length > 0)
        {
            yield return key.Name;
        }

        yield return string.Join(" and ", ScopeNames.Of(key.Scopes));
        yield return EndOf(key);
    }

    private static string EndOf(AccountKey key) =>
        key.Revoked is not null ? "ends at once"
        : key.Expires is { } end ? string.Create(CultureInfo.InvariantCulture, $"ends {end:yyyy-MM-dd'T'HH:mm:ssK}")
        : "never ends";

    private Denial? Validate(KeySettings settings) =>
        AccountOperations.ValidateName(settings.Name)
        ?? (settings.Scopes == Scopes.None ? Denials.InvalidScopes() : null)
        ?? (settings.Expires <= time.GetUtcNow() ? Denials.InvalidExpiry() : null);
}

/// <summary>What the maker of a key chooses.</summary>
/// <param name="Name">What people call it; may be empty.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="Expires">The first moment at which it no longer works; <c>null</c> for never.</param>
public sealed record KeySettings(string Name = "", Scopes Scopes = Scopes.All, DateTimeOffset? Expires = null);

/// <summary>A key that has just been made. <paramref name="Secret"/> exists here only: it is shown once and then gone.</summary>
public sealed record NewKey(AccountKey Key, ApiKey Secret);

/// <summary>A key that was found where it should not be, and no longer works.</summary>
public sealed record LeakedKey(AccountId Account, AccountKey Key);
