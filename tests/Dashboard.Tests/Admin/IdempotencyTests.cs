using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Eventicat.Dashboard.Admin.Idempotency;
using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport.Redis;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class IdempotencyTests(RedisFixture redis)
{
    private static readonly (string, string) Key = ("Idempotency-Key", "7f1c:attempt/1");

    [Theory]
    [InlineData("/accounts", """{"id":"new"}""", null)]
    [InlineData("/accounts/acme/keys", """{"name":"prod"}""", "key")]
    [InlineData("/accounts/acme/keys/import", """{"key":"legacy-key-of-theirs"}""", null)]
    [InlineData("/accounts/acme/keys/first/regenerate", """{"grace":"00:01:00"}""", "key")]
    [InlineData("/accounts/acme/aggregators", """{"name":"random id"}""", null)]
    [InlineData("/users", """{"name":"root","operator":true}""", "code,link")]
    [InlineData("/tokens", """{"name":"ci"}""", "token")]
    public async Task Repeated_IsDoneOnce_AndShowsNoSecretAgain(string path, string json, string? secrets)
    {
        foreach (var inRedis in new[] { false, true })
        {
            await using var host = await StartAsync(inRedis);
            var admin = await host.WithOperatorAsync();
            await admin.PostAsync("/accounts", """{"id":"acme"}""");
            await admin.PostAsync("/accounts/acme/keys/import", """{"key":"first-key-of-theirs","id":"first"}""");

            var first = (await admin.PostAsync(path, json, Key)).Expect(201);
            var audited = (await admin.GetAsync("/audit")).Text;
            var second = (await admin.PostAsync(path, json, Key)).Expect(201);

            Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"));
            Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
            Assert.Equal((first.ETag, first.Headers.GetValueOrDefault("Location")), (second.ETag, second.Headers.GetValueOrDefault("Location")));
            var expected = first.Json.EnumerateObject().Select(member => (member.Name, secrets?.Split(',').Contains(member.Name) == true ? "null" : member.Value.GetRawText()));
            Assert.Equal(expected, second.Json.EnumerateObject().Select(member => (member.Name, member.Value.GetRawText())));
            Assert.Equal(audited, (await admin.GetAsync("/audit")).Text);
            Assert.Equal("Idempotency-Key was used for another request", (await admin.PostAsync(path, json + " ", Key)).Expect(422).Error);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Concurrent_IsDoneOnce(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => admin.PostAsync("/accounts/acme/keys", "{}", Key)));

        Assert.Single(answers, answer => answer.Status == 201 && answer.Json.GetProperty("key").ValueKind == JsonValueKind.String);
        Assert.All(answers, answer => Assert.True(answer.Status == 201 || (answer.Status == 409 && answer.Headers["Retry-After"] == "1")));
        Assert.Equal(1, (await admin.GetAsync("/accounts/acme/keys")).Json.GetProperty("keys").GetArrayLength());
    }

    [Fact]
    public async Task Keys_AreTheCallersOwn_AndOfOnePath()
    {
        await using var host = await StartAsync(inRedis: false);
        var ada = await host.WithOperatorAsync("ada");
        var bob = await host.WithOperatorAsync("bob");

        (await ada.PostAsync("/accounts", """{"id":"acme"}""", Key)).Expect(201);
        (await bob.PostAsync("/accounts", """{"id":"other"}""", Key)).Expect(201);
        (await ada.PostAsync("/accounts/acme/keys", """{"name":"x"}""", Key)).Expect(201);
        (await ada.PostAsync("/accounts/other/keys", """{"name":"y"}""", Key)).Expect(201);
    }

    [Fact]
    public async Task Failed_MayBeTriedAgain()
    {
        await using var host = await StartAsync(inRedis: false);
        var admin = await host.WithOperatorAsync();

        (await admin.PostAsync("/accounts/acme/keys", "{}", Key)).Expect(404);
        await admin.PostAsync("/accounts", """{"id":"acme"}""");

        (await admin.PostAsync("/accounts/acme/keys", "{}", Key)).Expect(201);
    }

    [Fact]
    public async Task Reservation_OfWhoeverCrashed_EndsAfterAMinute_AndAnswersAfterADay()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await DashboardHost.StartAsync(time);
        var admin = await host.WithOperatorAsync();
        const string Body = """{"id":"acme"}""";
        var id = RequestRecords.IdOf(admin.Token![4..12], "/admin/v1/accounts", Key.Item2);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body)));
        Assert.True(await host.Services.GetRequiredService<RequestRecords>().TryReserveAsync(id, sha256, TestContext.Current.CancellationToken));

        var running = (await admin.PostAsync("/accounts", Body, Key)).Expect(409);
        Assert.Equal("1", running.Headers["Retry-After"]);
        time.Advance(TimeSpan.FromMinutes(1));
        (await admin.PostAsync("/accounts", Body, Key)).Expect(201);
        time.Advance(TimeSpan.FromHours(23));
        Assert.Equal("true", (await admin.PostAsync("/accounts", Body, Key)).Expect(201).Headers["Idempotency-Replayed"]);
        time.Advance(TimeSpan.FromHours(1));
        (await admin.PostAsync("/accounts", Body, Key)).Expect(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("129")]
    public async Task Key_ThatIsNone_Is400(string key)
    {
        await using var host = await StartAsync(inRedis: false);
        var admin = await host.WithOperatorAsync();

        (await admin.PostAsync("/accounts", """{"id":"acme"}""", ("Idempotency-Key", key == "129" ? new string('k', 129) : key))).Expect(400);
    }

    private Task<DashboardHost> StartAsync(bool inRedis) => inRedis ? DashboardHost.StartAsync(redis) : DashboardHost.StartAsync();
}
