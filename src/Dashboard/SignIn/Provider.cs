using Eventicat.Control.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.SignIn;

/// <summary>
/// Signing in at an OpenID Connect provider, with the authorization code flow and PKCE. The provider says who somebody
/// is. The control store says what they may do: only invited users get in.
/// </summary>
internal static class Provider
{
    private const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    public static void AddProvider(this AuthenticationBuilder builder, IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration[$"{ProviderOptions.Section}:{nameof(ProviderOptions.Authority)}"]))
        {
            builder.AddOpenIdConnect(Scheme, static _ => { });
            builder.Services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<ProviderOptions>>(Configure);
        }
    }

    public static void MapProvider(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<ProviderOptions>>().Value.UsesProvider)
        {
            endpoints.MapGet(SignInPaths.Provider, static () =>
                Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [Scheme]));
        }
    }

    private static void Configure(OpenIdConnectOptions options, IOptions<ProviderOptions> provider)
    {
        var settings = provider.Value;
        options.Authority = settings.Authority;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.SignInScheme = IdentityConstants.ApplicationScheme;
        options.ResponseType = "code";
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.RequireHttpsMetadata = !Uri.TryCreate(settings.Authority, UriKind.Absolute, out var authority) || !authority.IsLoopback;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.Scope.Add("email");
        options.CallbackPath = "/signin/callback";
        options.CorrelationCookie.Name = "__Host-eventicat-provider.";
        options.CorrelationCookie.Path = "/";
        options.NonceCookie.Name = "__Host-eventicat-nonce.";
        options.NonceCookie.Path = "/";
        // This event comes after the user information, which may be the only place with the e-mail address.
        options.Events.OnTicketReceived = context => AdmitAsync(context, settings);
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect($"{SignInPaths.SignIn}?failed=provider");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static async Task AdmitAsync(TicketReceivedContext context, ProviderOptions settings)
    {
        var services = context.HttpContext.RequestServices;
        var claimed = context.Principal?.FindFirst(settings.NameClaim)?.Value;
        var isVerified = settings.NameClaim != "email" || context.Principal?.FindFirst("email_verified")?.Value is "true" or "True";
        if (!isVerified || !UserName.TryParse(claimed, out var name)
            || await services.GetRequiredService<UserOperations>().FindAsync(name, context.HttpContext.RequestAborted) is not { } user)
        {
            context.Response.Redirect($"{SignInPaths.SignIn}?failed=unknown");
            context.HandleResponse();
            return;
        }

        await services.GetRequiredService<UserSessions>().RecordAsync(user, context.HttpContext.RequestAborted);
        context.Principal = await services.GetRequiredService<IUserClaimsPrincipalFactory<User>>().CreateAsync(user);
    }
}
