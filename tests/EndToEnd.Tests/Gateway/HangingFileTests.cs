using System.Net;
using System.Security.Cryptography.X509Certificates;
using Eventicat.Accounts;
using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>A file that does not answer: what it says is not known, and that is to be seen.</summary>
public sealed class HangingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eventicat-e2e-").FullName;
    private readonly TestCertificate _certificate = new();
    private readonly TestCertificate _other = new();

    private string Accounts => Path.Combine(_folder, "accounts.json");

    private string Settings => Path.Combine(_folder, "appsettings.json");

    public HangingFileTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux has leases of files");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _certificate.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task AccountsFile_ThatHangs_IsStale_AndReadWhenItAnswers()
    {
        var key = ApiKey.Generate(out _);
        await File.WriteAllTextAsync(Accounts, Document(key), TestContext.Current.CancellationToken);
        await using var gateway = await StartAsync();
        Assert.Equal(HttpStatusCode.BadGateway, await StatusAsync(gateway, key));

        await using (await HeldFile.ReplaceAsync(Accounts, """{"accounts":[]}"""))
        {
            await BecomesAsync(gateway, "accounts", "stale");
            Assert.Equal(HttpStatusCode.BadGateway, await StatusAsync(gateway, key));
            await Eventually.TrueAsync(() => Lines(gateway, "has not answered") == 1);
        }

        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key) == HttpStatusCode.Unauthorized);
        await IsReadyAgainAsync(gateway, "answers again");
    }

    [Fact]
    public async Task SettingsFile_ThatHangs_IsStale_AndReadWhenItAnswers()
    {
        await File.WriteAllTextAsync(Settings, "{}", TestContext.Current.CancellationToken);
        await using var gateway = await StartAsync();

        await using (await HeldFile.ReplaceAsync(Settings, """{"ReverseProxy":{"Routes":{"r":{"ClusterId":"events","AuthorizationPolicy":"Anonymous","Match":{"Path":"/mine"}}}}}"""))
        {
            await BecomesAsync(gateway, "settings", "stale");
            await Eventually.TrueAsync(() => Lines(gateway, "has not come to an end") == 1);
        }

        await Eventually.TrueAsync(async () => (await gateway.Client.GetAsync(new Uri("/mine", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.BadGateway);
        await IsReadyAgainAsync(gateway, "answers again");
    }

    /// <summary>The other certificate is renewed meanwhile.</summary>
    [Fact]
    public async Task Certificate_ThatHangs_IsStale_AndHoldsUpNoOther()
    {
        var (port, otherPort) = (FreePort.Find(), FreePort.Find());
        await using var gateway = await StartAsync(new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__A__Url"] = $"https://127.0.0.1:{port}",
            ["Kestrel__Endpoints__A__Certificate__Path"] = _certificate.CertificatePath,
            ["Kestrel__Endpoints__A__Certificate__KeyPath"] = _certificate.KeyPath,
            ["Kestrel__Endpoints__B__Url"] = $"https://127.0.0.1:{otherPort}",
            ["Kestrel__Endpoints__B__Certificate__Path"] = _other.CertificatePath,
            ["Kestrel__Endpoints__B__Certificate__KeyPath"] = _other.KeyPath,
        });
        using var renewed = new TestCertificate();
        var before = await SerialAsync(port);

        await using (await HeldFile.ReplaceAsync(_certificate.KeyPath, await File.ReadAllTextAsync(renewed.KeyPath, TestContext.Current.CancellationToken)))
        {
            await BecomesAsync(gateway, "listeners", "certificate stale");
            await Eventually.TrueAsync(() => Lines(gateway, "have not answered") == 1);
            File.Copy(renewed.CertificatePath, _other.CertificatePath, overwrite: true);
            File.Copy(renewed.KeyPath, _other.KeyPath, overwrite: true);
            await Eventually.TrueAsync(async () => await SerialAsync(otherPort) != before);
            Assert.Equal(before, await SerialAsync(port));
        }

        File.Copy(renewed.CertificatePath, _certificate.CertificatePath, overwrite: true);
        await Eventually.TrueAsync(async () => await SerialAsync(port) != before);
        await IsReadyAgainAsync(gateway, "answer again");
    }

    private async Task<string> SerialAsync(int port)
    {
        using var root = X509CertificateLoader.LoadCertificateFromFile(_other.CertificatePath);
        return (await TlsProbe.ConnectAsync(new Uri($"https://127.0.0.1:{port}"), "localhost", root, TestContext.Current.CancellationToken)).Serial;
    }

    private Task<GatewayProcess> StartAsync(Dictionary<string, string>? environment = null) =>
        GatewayProcess.StartAsync(_folder, "http://127.0.0.1:1", environment ?? []);

    private static string Document(ApiKey key) =>
        $$"""{"accounts":[{"id":"acme","keys":[{"id":"k1","sha256":"{{key.Digest}}"}],"aggregators":[{"id":"agg_1"}]}]}""";

    private static async Task<HttpStatusCode> StatusAsync(GatewayProcess gateway, ApiKey key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/event?_id=agg_1", UriKind.Relative));
        request.Headers.Authorization = new("Bearer", key.Reveal());
        using var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task BecomesAsync(GatewayProcess gateway, string dependency, string state)
    {
        await Eventually.TrueAsync(async () => (await gateway.ReadinessAsync()).Contains($"\"{dependency}\":\"{state}\"", StringComparison.Ordinal));
        Assert.Contains("\"status\":\"degraded\"", await gateway.ReadinessAsync(), StringComparison.Ordinal);
    }

    private static async Task IsReadyAgainAsync(GatewayProcess gateway, string line)
    {
        await Eventually.TrueAsync(async () => (await gateway.ReadinessAsync()).Contains("\"status\":\"ready\"", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => Lines(gateway, line) == 1);
    }

    private static int Lines(GatewayProcess gateway, string text) => gateway.Warnings.Count(line => line.Contains(text, StringComparison.Ordinal));
}
