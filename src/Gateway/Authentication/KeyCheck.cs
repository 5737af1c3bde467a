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

    private async ValueTask<KeyVerdict> VerifyUnknownAsync(ApiKey? key, IPAddress? address, CancellationToken cancellationToken)
    {
        var attempts = failures.Of(address);
        if (key is null || directory.IsCachedAsUnknown(key.Digest))
        {
            return new KeyVerdict(Verified: null, failures.Fail(address, attempts));
        }

        if (directory.IsLookedUp(key.Digest))
        {
            // However many use a key that is not known yet, the store is asked once.
            var joined = await directory.VerifyAsync(key.Digest, cancellationToken);
            return new KeyVerdict(joined, IsPastLimit: joined is null && failures.Fail(address, attempts));
        }

        if (await attempts.BeginAsync(cancellationToken))
        {
            return await VerifyPastLimitAsync(key, address, attempts, cancellationToken);
        }

        var isFailure = true;
        try
        {
            var verified = await directory.VerifyAsync(key.Digest, cancellationToken);
            isFailure = verified is null;
            return new KeyVerdict(verified, IsPastLimit: false);
        }
        catch (AccountStoreUnavailableException)
        {
            isFailure = false;
            throw;
        }
        finally
        {
            // Who leaves before the answer has made the store look all the same, and is counted.
            attempts.End(isFailure);
        }
    }

    private async ValueTask<KeyVerdict> VerifyPastLimitAsync(
        ApiKey key, IPAddress? address, AddressFailures attempts, CancellationToken cancellationToken)
    {
        if (directory.FindCached(key.Digest) is { } cached)
        {
            // While this one waited, the key was looked up for another.
            return new KeyVerdict(cached, IsPastLimit: false);
        }

        if (!attempts.TakeLookup())
        {
            return new KeyVerdict(Verified: null, failures.Fail(address, attempts));
        }

        var verified = await directory.VerifyAsync(key.Digest, cancellationToken);
        if (verified is null)
        {
            failures.Fail(address, attempts);
        }

        return new KeyVerdict(verified, IsPastLimit: false);
    }
}
