using Eventicat.Accounts;
using Eventicat.Accounts.Caching;
using Eventicat.Gateway.Requests;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Credentials;

/// <summary>The gateway's policy for keys in URLs, and the accounts' exceptions from it.</summary>
internal sealed class UrlKeyRules(IOptions<CredentialsOptions> options) : IUrlKeyRules
{
    private readonly UrlKeyPolicy _default = options.Value.UrlKeys;

    public bool Refuses(Credential credential, VerifiedKey? verified) => Is(credential, verified, UrlKeyPolicy.Refuse);

    public bool Warns(Credential credential, VerifiedKey? verified) => Is(credential, verified, UrlKeyPolicy.Warn);

    /// <summary>Without a usable key there is no account whose policy could apply.</summary>
    private bool Is(Credential credential, VerifiedKey? verified, UrlKeyPolicy policy) =>
        credential.InUrl && verified is not null && (verified.Snapshot.Account.UrlKeys ?? _default) == policy;
}
