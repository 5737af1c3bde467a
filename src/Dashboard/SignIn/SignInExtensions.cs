using Eventicat.Control.Users;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.SignIn;

internal static class SignInExtensions
{
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(8);

    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<ProviderOptions>(configuration, ProviderOptions.Section);
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderOptionsValidator>();
        services.AddIdentityCore<User>(PasswordRules.Apply).AddUserStore<RecordUserStore>().AddSignInManager();
        services.AddSingleton<ILookupNormalizer, UserNameNormalizer>();
        services.Configure<PasswordHasherOptions>(PasswordRules.Apply);
        // The session is checked with every request, so that it ends at once when the user is deleted or gets another role.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure)
            .AddProvider(configuration);
        services.AddAuthorization();
        services.AddRateLimiter(SignInLimits.Apply);
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, UserStateProvider>();
        services.AddSingleton<UserSessions>();
        services.AddSingleton<PasswordTurns>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<Welcoming>();
    }

    public static void UseSignIn(this IApplicationBuilder app) => app.UseRateLimiter().UseAuthentication().UseAuthorization();

    /// <summary>Signing out is a form with an antiforgery token: otherwise other sites could sign users out.</summary>
    public static void MapSignOut(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(SignInPaths.SignOut, static async ([FromForm] string? _, SignInManager<User> signIn) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect(SignInPaths.SignIn);
        });
        endpoints.MapProvider();
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "__Host-eventicat";
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        // With Strict, a link from a mail or a chat would lead to the sign-in. Antiforgery tokens protect changes.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.Path = "/";
        options.ExpireTimeSpan = SessionLength;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPaths.SignIn;
        options.AccessDeniedPath = SignInPaths.SignIn;
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
    }

    private sealed class UserNameNormalizer : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name?.Trim().ToLowerInvariant();

        public string? NormalizeEmail(string? email) => NormalizeName(email);
    }
}

/// <summary>The paths of signing in and out.</summary>
internal static class SignInPaths
{
    public const string SignIn = "/signin";
    public const string Welcome = "/welcome";
    public const string SignOut = "/signout";
    public const string Provider = "/signin/provider";
}
