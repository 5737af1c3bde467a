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
        services.AddCheckedOptions<AuthenticationSettings>(configuration, AuthenticationSettings.Section);
        services.AddSingleton<IValidateOptions<AuthenticationSettings>, AuthenticationSettingsValidator>();
        services.AddIdentityCore<User>(PasswordSettings.Apply).AddUserStore<RecordUserStore>().AddSignInManager();
        services.AddSingleton<ILookupNormalizer, UserNameNormalizer>();
        services.Configure<PasswordHasherOptions>(PasswordSettings.Apply);
        // With every request: a user who is deleted or invited anew is out at once.
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

    /// <summary>A form posts to it; its antiforgery token is checked, since signing somebody out is a change.</summary>
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
        // Not strict: a link from a mail or a chat would look like being signed out. Changes are protected by tokens.
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
