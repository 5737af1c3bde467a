using System.Net;
using System.Runtime.InteropServices;
using Eventicat.Accounts;
using Eventicat.Accounts.Caching;
using Eventicat.Accounts.Storage;

namespace Eventicat.Gateway.Authentication;

/// <summary>What is to be said of a presented key.</summary>
/// <param name="Verified">The key, if it is usable.</param>
/// <param name="IsPastLimit">It was not looked at: too many keys from its address were not usable.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeyVerdict(VerifiedKey? Verified, bool IsPastLimit);

/// <summary>
/// Verifies a key. From an address with too many failures, keys cached as good work as ever, so that nobody can lock a
/// customer out; of the others a few a second are looked up, and the rest are refused without asking the store.
/// </summary>
internal sealed class KeyCheck(AccountDirectory directory, FailedAuthentications failures)
{
    /// <param name="key"><c>null</c>: what was presented cannot be a key.</param>
    /// <param name="address">The client's, behind known proxies as well.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <exception cref="AccountStoreUnavailableException">The store did not answer, which is no failure of the client's.</exception>
    public ValueTask<KeyVerdict> VerifyAsync(ApiKey? key, IPAddress? address, CancellationToken cancellationToken) =>
        key is not null && directory.FindCached(key.Digest) is { } verified
            ? new(new KeyVerdict(verified, IsPastLimit: false))
            : VerifyUnknownAsync(key, address, cancellationToken);

    /// <summary>Who leaves before the answer has made the store look all the same, and is counted.</summary>
    private async ValueTask<KeyVerdict> VerifyUnknownAsync(ApiKey? key, IPAddress? address, CancellationToken cancellationToken)
    {
        var attempts = failures.Count(address, out var isPastLimit);
        var isKnown = key is null || directory.IsCachedAsUnknown(key.Digest);
        if (isKnown || (isPastLimit && !attempts.TakeLookup()))
        {
            return new KeyVerdict(Verified: null, isPastLimit);
        }

        try
        {
            var verified = await directory.VerifyAsync(key!.Digest, cancellationToken);
            if (verified is not null)
            {
                attempts.TakeBack();
            }

            return new KeyVerdict(verified, IsPastLimit: false);
        }
        catch (AccountStoreUnavailableException)
        {
            attempts.TakeBack();
            throw;
        }
    }
}
