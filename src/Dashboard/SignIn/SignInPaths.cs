namespace Eventicat.Dashboard.SignIn;

/// <summary>Where one gets in and out.</summary>
internal static class SignInPaths
{
    public const string SignIn = "/signin";
    public const string Welcome = "/welcome";
    public const string SignOut = "/signout";
    public const string Provider = "/signin/provider";
}
