using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Eventicat.EndToEnd.Tests.Cli;
using Eventicat.EndToEnd.Tests.Gateway;
using Eventicat.TestSupport;

namespace Eventicat.EndToEnd.Tests.Stores;

/// <summary>
/// Stores that an earlier version wrote (<c>Written/</c>: the stores, and in <c>expected.json</c> what that version said of
/// them) open, and everything in them is there.
/// </summary>
public abstract class WrittenStoreContract : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventicat-written-");
    private JsonElement _expected;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected string Folder => _folder.FullName;

    /// <value>The folder below <c>Written/</c>.</value>
    private protected abstract string Mode { get; }

    /// <value>The settings that lead to the store, as environment variables.</value>
    private protected abstract IReadOnlyDictionary<string, string> Settings { get; }

    public virtual async ValueTask InitializeAsync()
    {
        var written = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Stores", "Written", Mode);
        foreach (var file in Directory.EnumerateFiles(written, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(written, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        _expected = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "expected.json"), Token));
    }

    public virtual ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
        return default;
    }

    [Fact]
    public async Task CommandLine_ShowsAccountsUsersTokensAndAudit()
    {
        using var host = new CommandLineHost(Settings);
        foreach (var account in _expected.GetProperty("accounts").EnumerateObject())
        {
            AssertHas(account.Value, (await host.RunAsync("account", "show", account.Name, "--json")).Json);
        }

        AssertHas(_expected.GetProperty("users"), (await host.RunAsync("user", "list", "--json")).Json);
        AssertHas(_expected.GetProperty("tokens"), (await host.RunAsync("token", "list", "--json")).Json);
        AssertHas(_expected.GetProperty("audit"), (await host.RunAsync("audit", "--limit", "1000", "--json")).Json);
    }

    [Fact]
    public async Task GatewayAndSink_LetTheKeysInAndReadTheEvents()
    {
        await using var sink = EventSink.EventSinkApplication.Create(
            ["--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0", $"--Storage:Path={Path.Combine(Folder, "events")}", "--Shutdown:DrainDelay=00:00:00"]);
        await sink.StartAsync(Token);
        await using var gateway = await GatewayProcess.StartAsync(Folder, sink.Urls.Single(), Settings);

        foreach (var events in _expected.GetProperty("events").EnumerateObject())
        {
            using var response = await ReadAsync(gateway, events.Name, Secret("production"));
            AssertHas(events.Value, JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)));
        }

        foreach (var (key, status) in new[] { ("reader", HttpStatusCode.OK), ("gone", HttpStatusCode.Unauthorized), ("closedKey", HttpStatusCode.Unauthorized) })
        {
            using var response = await ReadAsync(gateway, "signups", Secret(key));
            Assert.Equal(status, response.StatusCode);
        }

        using var imported = await ReadAsync(gateway, "signups", "0123456789abcdef0123456789abcdef");
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        await sink.StopAsync(Token);
    }

    [Fact]
    public async Task Dashboard_TakesTheTokenAndThePassword()
    {
        await using var dashboard = DashboardProcess.Start(Folder, Settings);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = dashboard.Address };
        await dashboard.ReadyAsync(client);

        using var byToken = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/accounts/acme");
        byToken.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _expected.GetProperty("secrets").GetProperty("token").GetProperty("token").GetString());
        using var account = await client.SendAsync(byToken, Token);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);

        Assert.Equal(HttpStatusCode.Found, await SignInAsync(client, _expected.GetProperty("password").GetString()!));
        Assert.NotEqual(HttpStatusCode.Found, await SignInAsync(client, "another password of hers"));
    }

    private static async Task<HttpStatusCode> SignInAsync(HttpClient client, string password)
    {
        using var page = await client.GetAsync("/signin", Token);
        var html = await page.Content.ReadAsStringAsync(Token);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/signin")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = Between(html, "name=\"__RequestVerificationToken\" value=\"", "\""),
                ["_handler"] = Between(html, "name=\"_handler\" value=\"", "\""),
                ["Input.Name"] = "ada",
                ["Input.Password"] = password,
            }),
        };
        post.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(static cookie => cookie.Split(';')[0])));
        using var answer = await client.SendAsync(post, Token);
        return answer.StatusCode;
    }

    private static string Between(string text, string start, string end) => text.Split(start)[1].Split(end)[0];

    private static Task<HttpResponseMessage> ReadAsync(GatewayProcess gateway, string aggregator, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/events?_id={aggregator}&limit=100");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return gateway.Client.SendAsync(request, Token);
    }

    /// <summary>A later version may say more, and never something else.</summary>
    private static void AssertHas(JsonElement expected, JsonElement actual)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(member.Name, out var value), $"{member.Name} is missing");
                    AssertHas(member.Value, value);
                }

                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                Assert.All(expected.EnumerateArray().Zip(actual.EnumerateArray()), static pair => AssertHas(pair.First, pair.Second));
                break;
            default:
                Assert.Equal(expected.ToString(), actual.ToString());
                break;
        }
    }

    private string Secret(string key) => _expected.GetProperty("secrets").GetProperty(key).GetProperty("key").GetString()!;
}
