using System.Security.Claims;
using Eventicat.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Tests.SignIn;

/// <summary>Who is let in with which claims of the provider.</summary>
public sealed class ProviderTests
{
    private static readonly (string, string?)[] Provider =
        [("Authentication:Authority", "https://login.example.com"), ("Authentication:ClientId", "eventicat")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ada@example.com", "true")]
    [InlineData("Ada@Example.com", "True")]
    public async Task InvitedUser_WithVerifiedAddress_IsLetIn(string email, string verified)
    {
        await using var dashboard = new DashboardServices(settings: Provider);
        var user = await dashboard.AddUserAsync("ada@example.com", "acme");

        var context = await ReceiveAsync(dashboard, ("email", email), ("email_verified", verified));

        // The session has the claims of the invited user, and none of the provider's.
        Assert.Null(context.Result);
        Assert.Equal("ada@example.com", context.Principal!.Identity!.Name);
        Assert.Equal(user.SecurityStamp, context.Principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType));
        Assert.Null(context.Principal.FindFirst("email_verified"));
        Assert.Equal("owner:ada@example.com user.sign-in", (await dashboard.AuditOfAsync("ada@example.com"))[^1]);
        Assert.Equal(dashboard.Time.GetUtcNow(), (await dashboard.Users.FindAsync(user.Name, Cancellation))!.LastSignIn);
    }

    [Theory]
    [InlineData("email=ada@example.com")]
    [InlineData("email=ada@example.com email_verified=false")]
    [InlineData("email=ada@example.com email_verified=1")]
    [InlineData("email=bob@example.com email_verified=true")]
    [InlineData("email=not(a)name email_verified=true")]
    [InlineData("email_verified=true")]
    [InlineData("preferred_username=ada@example.com email_verified=true")]
    [InlineData("sub=ada@example.com")]
    public async Task AnybodyElse_IsSentBack(string claims)
    {
        await using var dashboard = new DashboardServices(settings: Provider);
        await dashboard.AddUserAsync("ada@example.com", "acme");

        var context = await ReceiveAsync(dashboard, [.. claims.Split(' ').Select(claim => claim.Split('=')).Select(pair => (pair[0], pair[1]))]);

        Assert.True(context.Result!.Handled);
        Assert.Equal("/signin?failed=unknown", context.Response.Headers.Location);
        Assert.DoesNotContain(await dashboard.AuditOfAsync("ada@example.com"), entry => entry.EndsWith("user.sign-in", StringComparison.Ordinal));
    }

    /// <summary>The claim email_verified counts only for e-mail addresses.</summary>
    [Fact]
    public async Task ConfiguredClaim_NamesTheUser_AndTheAddressDoesNot()
    {
        await using var dashboard = new DashboardServices(settings: [.. Provider, ("Authentication:NameClaim", "preferred_username")]);
        await dashboard.AddUserAsync("ada", "acme");

        Assert.Null((await ReceiveAsync(dashboard, ("preferred_username", "ada"), ("email", "bob@example.com"))).Result);
        Assert.True((await ReceiveAsync(dashboard, ("email", "ada"), ("email_verified", "true"))).Result!.Handled);
    }

    [Fact]
    public async Task DeletedUser_IsSentBack()
    {
        await using var dashboard = new DashboardServices(settings: Provider);
        await dashboard.AddUserAsync("ada@example.com", "acme");
        await dashboard.DeleteUserAsync("ada@example.com");

        Assert.True((await ReceiveAsync(dashboard, ("email", "ada@example.com"), ("email_verified", "true"))).Result!.Handled);
    }

    [Fact]
    public async Task FailureAtTheProvider_IsToldOnThePage()
    {
        await using var dashboard = new DashboardServices(settings: Provider);
        var options = OptionsOf(dashboard);
        var context = new RemoteFailureContext(new DefaultHttpContext(), Scheme, options, new InvalidOperationException("access_denied"));

        await options.Events.RemoteFailure(context);

        Assert.True(context.Result!.Handled);
        Assert.Equal("/signin?failed=provider", context.Response.Headers.Location);
    }

    private static AuthenticationScheme Scheme =>
        new(OpenIdConnectDefaults.AuthenticationScheme, displayName: null, typeof(OpenIdConnectHandler));

    private static OpenIdConnectOptions OptionsOf(DashboardServices dashboard) =>
        dashboard.Get<IOptionsMonitor<OpenIdConnectOptions>>().Get(OpenIdConnectDefaults.AuthenticationScheme);

    private static async Task<TicketReceivedContext> ReceiveAsync(DashboardServices dashboard, params (string Type, string Value)[] claims)
    {
        await using var scope = dashboard.Services.CreateAsyncScope();
        var options = OptionsOf(dashboard);
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "oidc"));
        var context = new TicketReceivedContext(
            new DefaultHttpContext { RequestServices = scope.ServiceProvider }, Scheme, options, new AuthenticationTicket(principal, Scheme.Name));
        await options.Events.TicketReceived(context);
        return context;
    }
}
