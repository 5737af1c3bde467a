using Eventicat.Accounts.Storage;

namespace Eventicat.Accounts.Operations;

/// <summary>What can be done to an account's API keys.</summary>
public sealed class KeyOperations(IAccountStore store, TimeProvider time)
{
    /// <summary>
    /// 16 characters, 64 bits even of hexadecimal digits: with fewer, a plain SHA-256 could be reversed by trying all,
    /// and so could the key itself at the gateway. Our own are much longer.
    /// </summary>
    internal const int MinImportedLength = 16;

    public async Task<OperationResult<NewKey>> CreateAsync(
        AccountId account, KeySettings settings, CancellationToken cancellationToken)
    {
        if (Validate(settings) is { } denial)
        {
            return new(denial);
        }

        var secret = ApiKey.Generate(out var id);
        return await AddAsync(account, Record(id, secret, settings), secret, cancellationToken);
    }

    /// <summary>Lets a key from elsewhere go on working. Only its digest is kept.</summary>
    /// <param name="account">Whose key it becomes.</param>
    /// <param name="text">The key; one shorter than <see cref="MinImportedLength"/> could be found by trying.</param>
    /// <param name="id">Its public id; <c>null</c> for the one that our own keys contain, or else a new one.</param>
    /// <param name="settings">As for a new key.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<OperationResult<NewKey>> ImportAsync(
        AccountId account, string text, KeyId? id, KeySettings settings, CancellationToken cancellationToken)
    {
        if (Validate(settings) is { } denial)
        {
            return new(denial);
        }

        if (!ApiKey.TryParse(text, out var secret) || text.Length < MinImportedLength)
        {
            return new(Denials.InvalidKey());
        }

        return await AddAsync(account, Record(id ?? secret.PublicId ?? NewId(), secret, settings), secret, cancellationToken);
    }

    /// <summary>A new key with the old one's name and scopes, and at most the grace to change over to it.</summary>
    public async Task<OperationResult<NewKey>> RegenerateAsync(
        AccountId account, KeyId id, TimeSpan? grace, CancellationToken cancellationToken)
    {
        if (grace < TimeSpan.Zero)
        {
            return new(Denials.InvalidGrace());
        }

        var now = time.GetUtcNow();
        var secret = ApiKey.Generate(out var newId);
        var result = await store.DecideExistingAsync(account, Regenerate, cancellationToken);
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
    public Task<OperationResult<Account>> RevokeAsync(AccountId account, KeyId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.DecideExistingAsync(
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
        AccountId account, AccountKey key, ApiKey secret, CancellationToken cancellationToken)
    {
        var result = await store.DecideExistingAsync(
            account,
            before => Find(before, key.Id) is not null ? Denials.KeyExists(account, key.Id)
                : before.Keys.Any(other => other.Digest == key.Digest) ? Denials.SameKey(account)
                : before with { Keys = [.. before.Keys, key] },
            cancellationToken);
        return result.Select(_ => new NewKey(key, secret));
    }

    private Denial? Validate(KeySettings settings) =>
        AccountOperations.ValidateName(settings.Name)
        ?? (settings.Scopes == Scopes.None ? Denials.InvalidScopes() : null)
        ?? (settings.Expires <= time.GetUtcNow() ? Denials.InvalidExpiry() : null);
}
