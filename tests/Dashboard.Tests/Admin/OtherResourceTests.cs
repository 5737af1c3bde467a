using System.Net;
using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class OtherResourceTests(RedisFixture redis)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Aggregator_GoesThroughItsLife(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");
        var other = await admin.PostAsync("/accounts", """{"id":"other"}""");

        var made = (await admin.PostAsync("/accounts/acme/aggregators", """{"id":"agg","name":"One"}""")).Expect(201);
        var random = (await admin.PostAsync("/accounts/acme/aggregators", null, ("If-Match", made.ETag!))).Expect(201);
        (await admin.PatchAsync("/accounts/acme/aggregators/agg", """{"name":"Two"}""", made.ETag)).Expect(412);
        Assert.Equal("""{"id":"agg","name":"Two"}""", (await admin.PatchAsync("/accounts/acme/aggregators/agg", """{"name":"Two"}""", null)).Expect(200).Text);
        (await admin.PostAsync("/accounts/acme/aggregators", """{"id":"agg"}""")).Expect(409);
        (await admin.PostAsync("/accounts/other/aggregators", """{"id":"agg"}""", ("If-Match", other.ETag!))).Expect(409);
        (await admin.PostAsync("/accounts/acme/aggregators", """{"id":"a b"}""")).Expect(400);
        (await admin.PatchAsync("/accounts/acme/aggregators/agg", "{}", null)).Expect(400);
        (await admin.PatchAsync("/accounts/acme/aggregators/none", """{"name":"Two"}""", null)).Expect(404);
        (await admin.DeleteAsync($"/accounts/acme/aggregators/{random.String("id")}")).Expect(204);
        (await admin.DeleteAsync($"/accounts/acme/aggregators/{random.String("id")}")).Expect(404);

        Assert.Equal("""{"aggregators":[{"id":"agg","name":"Two"}]}""", (await admin.GetAsync("/accounts/acme/aggregators")).Expect(200).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Users_AreInvitedAndDeleted(bool inRedis)
    {
        await using var host = await StartAsync(inRedis, ("Dashboard:PublicUrl", "https://dash.example.com/eventicat"));
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");

        var owner = (await admin.PostAsync("/users", """{"name":"Ada@example.com","account":"acme"}""")).Expect(201);
        var op = (await admin.PostAsync("/users", """{"name":"root","operator":true}""")).Expect(201);

        Assert.Equal($"https://dash.example.com/eventicat/welcome?user=ada%40example.com&code={owner.String("code")}", owner.String("link"));
        Assert.NotEqual(owner.String("code"), op.String("code"));
        foreach (var wrong in new[] { """{"name":"x"}""", """{"name":"x","account":"acme","operator":true}""", """{"name":"x y","operator":true}""", """{"name":"x","account":"."}""" })
        {
            (await admin.PostAsync("/users", wrong)).Expect(400);
        }

        (await admin.PostAsync("/users", """{"name":"x","account":"none"}""")).Expect(404);
        var first = (await admin.GetAsync("/users?limit=1")).Expect(200);
        Assert.Equal("ada@example.com", first.String("next"));
        var second = (await admin.GetAsync("/users?limit=2&after=ada@example.com")).Expect(200);
        Assert.Equal("root", second.Json.GetProperty("users")[0].GetProperty("name").GetString());
        Assert.DoesNotContain(owner.String("code"), first.Text, StringComparison.Ordinal);
        (await admin.DeleteAsync("/users/root")).Expect(204);
        (await admin.DeleteAsync("/users/root")).Expect(404);
    }

    [Fact]
    public async Task Invitation_WithoutConfiguredUrl_LeadsToWhereTheRequestCame()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();

        var invitation = (await admin.PostAsync("/users", """{"name":"root","operator":true}""")).Expect(201);

        Assert.StartsWith(new Uri(host.Client.BaseAddress!, "welcome?user=root&code=").AbsoluteUri, invitation.String("link"), StringComparison.Ordinal);
        using var page = await host.Client.GetAsync(new Uri(invitation.String("link")), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tokens_AreMadeAndRevoked(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var admin = await host.WithOperatorAsync();

        var made = (await admin.PostAsync("/tokens", """{"name":"ci","expires":"2999-01-01T00:00:00Z"}""")).Expect(201);
        var ci = new AdminClient(host.Client, made.String("token"));

        (await ci.PostAsync("/accounts", """{"id":"acme"}""")).Expect(201);
        var list = (await admin.GetAsync("/tokens")).Expect(200);
        Assert.Equal(["ci", "deploy"], list.Json.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(made.String("token"), list.Text, StringComparison.Ordinal);
        (await admin.PostAsync("/tokens", """{"name":" "}""")).Expect(400);
        (await admin.PostAsync("/tokens", """{"name":"old","expires":"2001-01-01T00:00:00Z"}""")).Expect(400);
        (await admin.DeleteAsync($"/tokens/{made.String("id")}")).Expect(204);
        (await admin.DeleteAsync($"/tokens/{made.String("id")}")).Expect(404);
        (await ci.GetAsync("/accounts")).Expect(401);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Audit_ShowsEachCaller_InPages(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var ada = await host.WithOperatorAsync("ada");
        var bob = await host.WithOperatorAsync("bob");
        var account = await ada.PostAsync("/accounts", """{"id":"acme"}""");
        (await bob.PatchAsync("/accounts/acme", """{"disabled":true}""", account.ETag)).Expect(200);
        (await ada.DeleteAsync("/accounts/acme", "*")).Expect(204);
        (await ada.PostAsync("/accounts", """{"id":"other"}""")).Expect(201);

        var newest = (await bob.GetAsync("/audit?account=acme&limit=2")).Expect(200);
        var older = (await bob.GetAsync($"/audit?account=acme&limit=2&before={newest.String("next")}")).Expect(200);

        Assert.Equal(["token:ada account.delete", "token:bob account.update", "token:ada account.create"], Entries(newest).Concat(Entries(older)));
        Assert.Equal("token:ada account.create", Entries(await bob.GetAsync("/audit")).First());
        (await bob.GetAsync("/audit?account=.")).Expect(400);
        (await bob.GetAsync("/audit?limit=0")).Expect(400);

        static IEnumerable<string> Entries(AdminAnswer page) => page.Json.GetProperty("entries").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("actor").GetString()} {entry.GetProperty("action").GetString()}");
    }

    [Fact]
    public async Task Usage_IsWhatTheGatewaySays_Or503()
    {
        const string Said = """{"window":{"limit":10,"window":"00:01:00","used":1,"remaining":9,"resetTime":5},"minutes":[{"time":60,"outcomes":{"forwarded":1},"urlKeys":0}],"hours":[],"keys":{"k1":61}}""";
        await using var gateway = new RawBackend(Response(Said));
        await using var host = await DashboardHost.StartAsync(("Gateway:ManagementUrl", gateway.Url));
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");

        Assert.Equal(Said, (await admin.GetAsync("/accounts/acme/usage")).Expect(200).Text);
        (await admin.GetAsync("/accounts/none/usage")).Expect(404);
        gateway.Response = Response("""{"accounts":[{"id":"acme","urlKeys":2,"last":61}],"next":null}""");
        Assert.Equal(2, (await admin.GetAsync("/url-keys?limit=5")).Expect(200).Json.GetProperty("accounts")[0].GetProperty("urlKeys").GetInt32());
        gateway.Response = "";
        Assert.Equal("Usage unavailable", (await admin.GetAsync("/accounts/acme/usage")).Expect(503).Error);
        Assert.Equal("Usage unavailable", (await admin.GetAsync("/url-keys")).Expect(503).Error);
        (await admin.GetAsync("/url-keys?limit=0")).Expect(400);
    }

    [Fact]
    public async Task LastUse_IsShownWithKeys()
    {
        await using var gateway = new RawBackend("");
        await using var host = await DashboardHost.StartAsync(("Gateway:ManagementUrl", gateway.Url));
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");
        var key = (await admin.PostAsync("/accounts/acme/keys", "{}")).String("id");
        host.Services.GetRequiredService<Control.KeyUse.SqliteKeyUse>().Record(
            [new(Accounts.AccountId.Parse("acme"), Accounts.KeyId.Parse(key), DateTimeOffset.UnixEpoch)]);

        var shown = (await admin.GetAsync("/accounts/acme/keys")).Json.GetProperty("keys")[0].GetProperty("lastUsed");

        Assert.Equal(DateTimeOffset.UnixEpoch, shown.GetDateTimeOffset());
    }

    [Fact]
    public async Task Stores_ThatDoNotAnswer_Are503()
    {
        await using var server = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await using var host = await DashboardHost.StartAsync(("Accounts:File", ""), ("Redis:Connection", server.Connection), ("Redis:Prefix", "t"));
        var admin = await host.WithOperatorAsync();
        (await admin.PostAsync("/accounts", """{"id":"acme"}""")).Expect(201);

        await server.StopAsync();

        Assert.Equal("Store unavailable", (await admin.GetAsync("/accounts/acme")).Expect(503).Error);
        await server.StartAgainAsync();
        // What it held is gone, the token among it.
        await Eventually.TrueAsync(async () => (await admin.GetAsync("/accounts/acme")).Status == 401);
    }

    private static string Response(string json) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\nConnection: close\r\n\r\n{json}";

    private Task<DashboardHost> StartAsync(bool inRedis, params (string, string?)[] settings) =>
        inRedis ? DashboardHost.StartAsync(redis, settings) : DashboardHost.StartAsync(settings);
}
