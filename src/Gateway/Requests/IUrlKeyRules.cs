using Eventicat.Accounts.Caching;

namespace Eventicat.Gateway.Requests;

/// <summary>
/// Whether a key may come in the URL. Asked by whoever verifies a key, and again by whoever finds that its account has
/// changed since.
/// </summary>
internal interface IUrlKeyRules
{
    bool Refuses(Credential credential, VerifiedKey? verified);
}
