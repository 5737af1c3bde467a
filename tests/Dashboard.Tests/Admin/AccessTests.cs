using System.Net;
using System.Text.RegularExpressions;
using Eventicat.Control.Auditing;
using Eventicat.Control.Tokens;
using Eventicat.Dashboard.Tests.Hosting;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed partial class AccessTests
{
    private const string Unknown = "evo_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>The only path that needs no token.</summary>
    private const string Document = "/admin/v1/openapi.json";

    [Fact]
    public async Task EveryEndpoint_WithoutToken_Is401()
    {
        await using var host = await DashboardHost.StartAsync();
        var nobody = new AdminClient(host.Client, token: null);
        var asked = 0;
        foreach (var endpoint in host.Endpoints.Where(one => Path(one).StartsWith("/admin/", StringComparison.OrdinalIgnoreCase) && Path(one) != Document))
        {
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                var path = Parameter().Replace(Path(endpoint), "x")["/admin/v1".Length..];
                var answer = (await nobody.SendAsync(new HttpMethod(method), path, method is "GET" or "DELETE" ? null : "{}")).Expect(401);
                Assert.Equal("Invalid operator token", answer.Error);
                Assert.Equal("Bearer realm=\"eventicat-admin\"", answer.Headers["WWW-Authenticate"]);
                asked++;
            }
        }

        Assert.Equal(24, asked);
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData("evo_short")]
    [InlineData("")]
    public async Task Request_WithWrongToken_Is401(string token)
    {
        await using var host = await DashboardHost.StartAsync();

        Assert.Equal("Invalid operator token", (await new AdminClient(host.Client, token).GetAsync("/accounts")).Expect(401).Error);
    }

    [Fact]
    public async Task Token_CountsAsBearerOnly_AndUntilItIsRevoked()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();
        var nobody = new AdminClient(host.Client, token: null);

        (await nobody.GetAsync("/accounts", ("Authorization", $"Basic {admin.Token}"))).Expect(401);
        (await nobody.GetAsync("/accounts", ("Authorization", admin.Token!))).Expect(401);
        (await nobody.GetAsync($"/accounts?token={admin.Token}&access_token={admin.Token}")).Expect(401);
        (await nobody.GetAsync("/accounts", ("Cookie", $"__Host-eventicat={admin.Token}"))).Expect(401);
        (await nobody.GetAsync("/accounts", ("Authorization", $"bearer {admin.Token}"))).Expect(200);
        (await admin.DeleteAsync($"/tokens/{admin.Token![4..12]}")).Expect(204);
        (await admin.GetAsync("/accounts")).Expect(401);
    }

    [Fact]
    public async Task FailedAttempts_AreLimited_PerAddress()
    {
        await using var host = await DashboardHost.StartAsync(("ForwardedHeaders:KnownProxies:0", "127.0.0.1"), ("Admin:AllowHttp", "true"));
        var admin = await host.WithOperatorAsync();
        var guesser = new AdminClient(host.Client, Unknown);
        (string, string) from = ("X-Forwarded-For", "203.0.113.9"), elsewhere = ("X-Forwarded-For", "203.0.113.10");
        for (var i = 0; i < 60; i++)
        {
            (await admin.GetAsync("/accounts", from)).Expect(200);
            (await guesser.GetAsync("/accounts", from)).Expect(401);
        }

        var refused = (await guesser.GetAsync("/accounts", from)).Expect(429);

        Assert.Equal("Too many failed attempts", refused.Error);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        (await admin.GetAsync("/accounts", from)).Expect(429);
        (await admin.GetAsync("/accounts", elsewhere)).Expect(200);
        (await guesser.GetAsync("/accounts", elsewhere)).Expect(401);
    }

    [Fact]
    public async Task PlainHttp_FromElsewhere_IsRefused_UnlessAllowed()
    {
        await using var host = await DashboardHost.StartAsync(("ForwardedHeaders:KnownProxies:0", "127.0.0.1"));
        var admin = await host.WithOperatorAsync();
        (string, string) from = ("X-Forwarded-For", "203.0.113.9");

        Assert.Equal("HTTPS required", (await admin.GetAsync("/accounts", from)).Expect(403).Error);
        (await admin.GetAsync("/accounts", from, ("X-Forwarded-Proto", "https"))).Expect(200);
        (await admin.GetAsync("/accounts")).Expect(200);
    }

    [Fact]
    public async Task OtherOrigins_GetNoPermission()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();

        // Every answer is looked at for Access-Control headers.
        (await admin.GetAsync("/accounts", ("Origin", "https://evil.example"))).Expect(200);
        var preflight = await admin.SendAsync(HttpMethod.Options, "/accounts", null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));
        Assert.InRange(preflight.Status, 400, 499);
    }

    [Fact]
    public async Task ExpiredToken_Is401()
    {
        await using var host = await DashboardHost.StartAsync();
        var expires = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var made = await host.Services.GetRequiredService<TokenOperations>().CreateAsync(
            Actor.CommandLine("test"), "short", expires, TestContext.Current.CancellationToken);
        var admin = new AdminClient(host.Client, made.Secret.Reveal());

        await TestSupport.Eventually.TrueAsync(async () => (await admin.GetAsync("/accounts")).Status == (int)HttpStatusCode.Unauthorized);
    }

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
