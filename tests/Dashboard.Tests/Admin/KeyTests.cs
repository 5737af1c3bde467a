using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class KeyTests(RedisFixture redis)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Key_GoesThroughItsLife(bool inRedis)
    {
        await using var host = inRedis ? await DashboardHost.StartAsync(redis) : await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();
        var account = await admin.PostAsync("/accounts", """{"id":"acme"}""");

        var made = (await admin.PostAsync("/accounts/acme/keys", """{"name":"prod","scopes":["ingest"],"expires":"2999-01-01T00:00:00Z"}""", ("If-Match", account.ETag!))).Expect(201);
        Assert.True(ApiKey.TryParse(made.String("key"), out var key));
        Assert.NotNull(await host.Store.FindByKeyAsync(key.Digest, TestContext.Current.CancellationToken));
        Assert.Equal((await admin.GetAsync("/accounts/acme")).ETag, made.ETag);
        (await admin.PostAsync("/accounts/acme/keys", "{}", ("If-Match", account.ETag!))).Expect(412);

        var replaced = (await admin.PostAsync($"/accounts/acme/keys/{made.String("id")}/regenerate", """{"grace":"01:00:00"}""", ("If-Match", made.ETag!))).Expect(201);
        Assert.Equal("prod", replaced.String("name"));
        (await admin.DeleteAsync($"/accounts/acme/keys/{replaced.String("id")}", made.ETag)).Expect(412);
        var revoked = (await admin.DeleteAsync($"/accounts/acme/keys/{replaced.String("id")}", replaced.ETag)).Expect(204);
        Assert.Equal((await admin.GetAsync("/accounts/acme")).ETag, revoked.ETag);

        var list = (await admin.GetAsync("/accounts/acme/keys")).Expect(200);
        Assert.DoesNotContain(key.Reveal(), list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Digest.ToString(), list.Text, StringComparison.OrdinalIgnoreCase);
        var keys = list.Json.GetProperty("keys").EnumerateArray().ToList();
        Assert.Equal(["id", "name", "scopes", "created", "expires", "revoked", "lastUsed"], keys[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal([false, true], keys.Select(one => one.GetProperty("revoked").ValueKind != JsonValueKind.Null));
        Assert.InRange(keys[0].GetProperty("expires").GetDateTimeOffset(), TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal("[\"ingest\"]", keys[1].GetProperty("scopes").GetRawText());
    }

    /// <summary>Without an offset it would mean something else on a machine in another zone.</summary>
    [Theory]
    [InlineData("/accounts/acme/keys", """{"expires":"2999-01-01T00:00:00"}""")]
    [InlineData("/accounts/acme/keys/import", """{"key":"legacy-canary-key","expires":"2999-01-01"}""")]
    [InlineData("/tokens", """{"name":"ci","expires":"2999-01-01T00:00:00.5"}""")]
    public async Task Expires_WithoutItsOffset_IsRefusedByName(string path, string body)
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");

        var refused = (await admin.PostAsync(path, body)).Expect(400);

        Assert.Contains("expires must be a date and time with its offset", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TakesExistingKeys_AndNeverRepeatsThem()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");
        await admin.PostAsync("/accounts", """{"id":"other"}""");

        var imported = (await admin.PostAsync("/accounts/acme/keys/import", """{"key":"legacy-canary-key","id":"legacy","name":"old"}""")).Expect(201);

        Assert.Equal("legacy", imported.String("id"));
        AdminAnswer[] refused =
        [
            (await admin.PostAsync("/accounts/acme/keys/import", """{"key":"legacy-canary-key"}""")).Expect(409),
            (await admin.PostAsync("/accounts/other/keys/import", """{"key":"legacy-canary-key"}""")).Expect(409),
            (await admin.PostAsync("/accounts/other/keys/import", """{"key":"legacy canary key"}""")).Expect(400),
            (await admin.PostAsync("/accounts/other/keys/import", """{"key":"another","id":"not an id"}""")).Expect(400),
            (await admin.PostAsync("/accounts/other/keys/import", """{"id":"k"}""")).Expect(400),
        ];
        Assert.DoesNotContain([imported, .. refused], answer => answer.Text.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_ThatCannotBe_AreRefused()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");

        // No member of the body is required, so that the body may be missing.
        var made = (await admin.PostAsync("/accounts/acme/keys", json: null)).Expect(201);
        Assert.Equal("""["ingest","read"]""", made.Json.GetProperty("scopes").GetRawText());
        foreach (var wrong in new[] { """{"scopes":[]}""", """{"scopes":["write"]}""", """{"expires":"2001-01-01T00:00:00Z"}""", """{"expires":"soon"}""", """{"key":"mine"}""" })
        {
            (await admin.PostAsync("/accounts/acme/keys", wrong)).Expect(400);
        }

        var path = $"/accounts/acme/keys/{made.String("id")}";
        (await admin.PostAsync($"{path}/regenerate", """{"grace":"-01:00:00"}""")).Expect(400);
        (await admin.PostAsync("/accounts/acme/keys/none/regenerate", null)).Expect(404);
        (await admin.DeleteAsync("/accounts/acme/keys/none")).Expect(404);
        (await admin.DeleteAsync("/accounts/none/keys/none")).Expect(404);
        (await admin.GetAsync("/accounts/none/keys")).Expect(404);
        (await admin.PostAsync("/accounts/none/keys", "{}")).Expect(404);
        (await admin.DeleteAsync(path)).Expect(204);
        (await admin.DeleteAsync(path)).Expect(204);
        (await admin.PostAsync($"{path}/regenerate", "{}")).Expect(409);
    }

    [Fact]
    public async Task ReportedLeak_EndsTheKey_AndIsAudited()
    {
        await using var host = await DashboardHost.StartAsync();
        var admin = await host.WithOperatorAsync("scanner");
        await admin.PostAsync("/accounts", """{"id":"acme"}""");
        var first = await admin.PostAsync("/accounts/acme/keys", "{}");
        var second = await admin.PostAsync("/accounts/acme/keys", "{}");

        var one = (await admin.PostAsync("/keys/report-leak", $$"""{"key":"{{first.String("key")}}"}""")).Expect(200);
        var list = (await admin.PostAsync("/keys/report-leak", $$"""
            [{"token":"{{second.String("key")}}","type":"eventicat_key","url":"https://example.com/x","source":"content"},{"token":"{{ApiKey.Generate(out _).Reveal()}}"}]
            """)).Expect(200);

        Assert.Equal(("acme", first.String("id")), (one.String("account"), one.String("key")));
        Assert.Equal(second.String("id"), list.Json[0].GetProperty("key").GetString());
        Assert.Equal("""{"error":"No account has this key"}""", list.Json[1].GetRawText());
        Assert.DoesNotContain(first.String("key"), one.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(second.String("key"), list.Text, StringComparison.Ordinal);
        Assert.Equal("No account has this key", (await admin.PostAsync("/keys/report-leak", """{"key":"nobodys"}""")).Expect(404).Error);
        foreach (var wrong in new[] { "{}", "1", "[1]", """[{"key":"k"}]""", """{"key":1}""", """{"key":"k","x":1}""" })
        {
            (await admin.PostAsync("/keys/report-leak", wrong)).Expect(400);
        }

        Assert.All((await admin.GetAsync("/accounts/acme/keys")).Json.GetProperty("keys").EnumerateArray(), key => Assert.NotEqual(JsonValueKind.Null, key.GetProperty("revoked").ValueKind));
        var leaks = (await admin.GetAsync("/audit?account=acme")).Json.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("action").GetString() == "key.leak");
        Assert.Equal(["token:scanner", "token:scanner"], leaks.Select(entry => entry.GetProperty("actor").GetString()));
    }
}
