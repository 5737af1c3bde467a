using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class AccountTests(RedisFixture redis)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Account_GoesThroughItsLife(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var admin = await host.WithOperatorAsync();

        var created = (await admin.PostAsync("/accounts", """{"id":"acme","name":"Acme","limit":{"permits":5,"window":"00:00:10"},"urlKeys":"warn"}""")).Expect(201);
        Assert.Equal("/admin/v1/accounts/acme", created.Headers["Location"]);
        Assert.Equal("""{"id":"acme","name":"Acme","disabled":false,"limit":{"permits":5,"window":"00:00:10"},"urlKeys":"warn"}""", created.Text);

        var read = (await admin.GetAsync("/accounts/acme")).Expect(200);
        Assert.Equal((created.ETag, created.Text), (read.ETag, read.Text));
        (await admin.GetAsync("/accounts/acme", ("If-None-Match", read.ETag!))).Expect(304);

        var patched = (await admin.PatchAsync("/accounts/acme", """{"disabled":true,"limit":null}""", read.ETag)).Expect(200);
        Assert.Equal("""{"id":"acme","name":"Acme","disabled":true,"limit":null,"urlKeys":"warn"}""", patched.Text);
        Assert.Equal((await admin.GetAsync("/accounts/acme")).ETag, patched.ETag);
        Assert.NotEqual(read.ETag, patched.ETag);

        (await admin.DeleteAsync("/accounts/acme", read.ETag)).Expect(412);
        (await admin.DeleteAsync("/accounts/acme", patched.ETag)).Expect(204);
        Assert.Equal("There is no account 'acme'", (await admin.GetAsync("/accounts/acme")).Expect(404).Error);
        (await admin.DeleteAsync("/accounts/acme", "*")).Expect(404);
    }

    [Fact]
    public async Task Patch_OfNothing_ChangesNothing()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();
        var created = await admin.PostAsync("/accounts", """{"id":"acme","urlKeys":"refuse"}""");

        Assert.Equal(created.ETag, (await admin.PatchAsync("/accounts/acme", "{}", "*")).Expect(200).ETag);
        Assert.Contains("\"urlKeys\":null", (await admin.PatchAsync("/accounts/acme", """{"urlKeys":null}""", "*")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OfTheSame_IsNoConflict_AndOfAnotherIs()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();
        var created = (await admin.PostAsync("/accounts", """{"id":"acme","name":"Acme"}""")).Expect(201);

        var again = (await admin.PostAsync("/accounts", """{"name":"Acme","id":"acme","limit":null}""")).Expect(200);

        Assert.Equal((created.ETag, created.Text, created.Headers["Location"]), (again.ETag, again.Text, again.Headers["Location"]));
        Assert.Equal("Account 'acme' exists already", (await admin.PostAsync("/accounts", """{"id":"acme","name":"Other"}""")).Expect(409).Error);
    }

    [Fact]
    public async Task IfMatch_IsRequiredForChanges_AndUnderstood()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();
        var tag = (await admin.PostAsync("/accounts", """{"id":"acme"}""")).ETag;

        Assert.Equal("If-Match required", (await admin.PatchAsync("/accounts/acme", "{}", null)).Expect(428).Error);
        Assert.Equal("If-Match required", (await admin.DeleteAsync("/accounts/acme")).Expect(428).Error);
        Assert.Equal("Account was changed meanwhile", (await admin.PatchAsync("/accounts/acme", "{}", "\"other\"")).Expect(412).Error);
        (await admin.PatchAsync("/accounts/acme", "{}", "W/" + tag)).Expect(412);
        (await admin.PatchAsync("/accounts/acme", "{}", "not a tag")).Expect(400);
        (await admin.PatchAsync("/accounts/acme", "{}", $"{tag}, \"other\"")).Expect(400);
        (await admin.PatchAsync("/accounts/acme", "{}", "*")).Expect(200);
    }

    [Theory]
    [InlineData("""{"id":"acme","nam":"unknown member"}""")]
    [InlineData("""{"id":"acme","id":"twice"}""")]
    [InlineData("""{"id":"not an id"}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"name":"no id"}""")]
    [InlineData("""{"id":"acme","name":null}""")]
    [InlineData("""{"id":"acme","limit":{"permits":5}}""")]
    [InlineData("""{"id":"acme","limit":{"permits":"5","window":"00:01:00"}}""")]
    [InlineData("""{"id":"acme","limit":{"permits":0,"window":"00:01:00"}}""")]
    [InlineData("""{"id":"acme","limit":{"permits":5,"window":"00:01:00","x":1}}""")]
    [InlineData("""{"id":"acme","urlKeys":"perhaps"}""")]
    [InlineData("""{"id":"acme","urlKeys":1}""")]
    [InlineData("""{"id":"acme","name":"\u0007"}""")]
    [InlineData("""{"id":"acme"} trailing""")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Create_OfWhatIsNoAccount_Is400(string json)
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();

        (await admin.PostAsync("/accounts", json)).Expect(400);

        (await admin.GetAsync("/accounts/acme")).Expect(404);
    }

    [Fact]
    public async Task Body_OfAnotherKindOrTooLarge_IsRefused()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();

        Assert.Equal("Content-Type must be application/json", (await admin.PostAsync("/accounts", """{"id":"a"}""", ("Content-Type", "text/plain"))).Expect(415).Error);
        (await admin.PostAsync("/accounts", """{"id":"a"}""", ("Content-Type", "application/x-www-form-urlencoded"))).Expect(415);
        Assert.Equal("Body too large", (await admin.PostAsync("/accounts", $$"""{"id":"a","name":"{{new string('n', 64 * 1024)}}"}""")).Expect(413).Error);
        (await admin.PostAsync("/accounts", """{"id":"a"}""", ("Content-Type", "application/json; charset=utf-8"))).Expect(201);
    }

    [Fact]
    public async Task Routes_OutsideTheApi_AreErrorsInItsShape()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();

        Assert.Equal("Method not allowed", (await admin.SendAsync(HttpMethod.Put, "/accounts", "{}")).Expect(405).Error);
        var head = await admin.SendAsync(HttpMethod.Head, "/accounts", null);
        Assert.Equal((true, ""), (head.Status is 404 or 405, head.Text));
        Assert.Equal("Not found", (await admin.GetAsync("/nothing")).Expect(404).Error);
        Assert.Equal("Malformed path or query", (await admin.GetAsync("/accounts/not.an.id")).Expect(400).Error);
        (await admin.PatchAsync("/accounts/not.an.id", "{}", "*")).Expect(400);
        (await admin.PostAsync("/accounts/not.an.id/keys", "{}", ("Idempotency-Key", "k"))).Expect(400);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_GoesInPages_ByPrefix(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var admin = await host.WithOperatorAsync();
        foreach (var id in new[] { "b", "a-1", "a-2", "a-3" })
        {
            (await admin.PostAsync("/accounts", $$"""{"id":"{{id}}"}""")).Expect(201);
        }

        var first = (await admin.GetAsync("/accounts?limit=2&prefix=a-")).Expect(200);
        var second = (await admin.GetAsync($"/accounts?limit=2&prefix=a-&after={first.String("next")}")).Expect(200);

        Assert.Equal(["a-1", "a-2"], IdsOf(first));
        Assert.Equal(["a-3"], IdsOf(second));
        Assert.EndsWith("\"next\":null}", second.Text, StringComparison.Ordinal);
        Assert.Equal(["a-1", "a-2", "a-3", "b"], IdsOf(await admin.GetAsync("/accounts")));
        foreach (var wrong in new[] { "limit=0", "limit=1001", "limit=x", "limit=-1", "limit=", "after=.", "prefix=." })
        {
            (await admin.GetAsync($"/accounts?{wrong}")).Expect(400);
        }
    }

    private static IEnumerable<string?> IdsOf(AdminAnswer page) =>
        page.Json.GetProperty("accounts").EnumerateArray().Select(account => account.GetProperty("id").GetString());

    private Task<DashboardHost> StartAsync(bool inRedis) => inRedis ? DashboardHost.StartAsync(redis) : DashboardHost.StartAsync();
}
