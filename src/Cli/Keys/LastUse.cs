using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Control.KeyUse;

namespace Eventicat.Cli.Keys;

/// <summary>The days on which an account's keys were last used.</summary>
internal sealed class LastUse(IReadOnlyDictionary<KeyId, DateTimeOffset> used)
{
    /// <summary>A list of keys without it is better than none: last uses are kept apart from the accounts, maybe for other eyes.</summary>
    public static async Task<LastUse> ReadAsync(IKeyUse source, AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            return new LastUse(await source.ReadAsync(account, cancellationToken));
        }
        catch (AccountStoreUnavailableException exception)
        {
            Console.Error.WriteLine(Output.OneLine.Of($"When keys were last used is not known: {exception.Message}"));
            return new LastUse(new Dictionary<KeyId, DateTimeOffset>());
        }
    }

    public DateOnly? Of(KeyId key) => used.TryGetValue(key, out var moment) ? DateOnly.FromDateTime(moment.UtcDateTime) : null;
}
