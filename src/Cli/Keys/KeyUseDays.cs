using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Control.KeyUse;

namespace Eventicat.Cli.Keys;

/// <summary>The days on which an account's keys were last used.</summary>
internal sealed class KeyUseDays(IReadOnlyDictionary<KeyId, DateTimeOffset> used)
{
    /// <summary>Without it the keys are still listed: the use of keys is stored apart from the accounts, and may not be readable here.</summary>
    public static async Task<KeyUseDays> ReadAsync(IKeyUse source, AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            return new KeyUseDays(await source.ReadAsync(account, cancellationToken));
        }
        catch (AccountStoreUnavailableException exception)
        {
            Console.Error.WriteLine(Output.OneLine.Of($"When keys were last used is not known: {exception.Message}"));
            return new KeyUseDays(new Dictionary<KeyId, DateTimeOffset>());
        }
    }

    public DateOnly? Of(KeyId key) => used.TryGetValue(key, out var moment) ? DateOnly.FromDateTime(moment.UtcDateTime) : null;
}
