using Eventicat.Accounts;
using Eventicat.Gateway.Requests;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Credentials;

/// <summary>The gateway's policy for keys in URLs, and the accounts' exceptions from it.</summary>
internal sealed class UrlKeyRules(IOptions<CredentialsOptions> options) : IUrlKeyRules
{
    private readonly UrlKeyPolicy _default = options.Value.UrlKeys;

    public bool Refuses(GatewayRequest request) => Is(request, UrlKeyPolicy.Refuse);

    public bool Warns(GatewayRequest request) => Is(request, UrlKeyPolicy.Warn);

    /// <summary>Without a usable key there is no account whose policy could apply.</summary>
    private bool Is(GatewayRequest request, UrlKeyPolicy policy) =>
        request is { Credential.InUrl: true, Verified: { } verified } && (verified.Snapshot.Account.UrlKeys ?? _default) == policy;
}
