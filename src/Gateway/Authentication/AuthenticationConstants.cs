namespace Eventicat.Gateway.Authentication;

internal static class AuthenticationConstants
{
    public const string Scheme = "ApiKey";
    public const string AccountClaim = "account";
    public const string KeyClaim = "key";
}
