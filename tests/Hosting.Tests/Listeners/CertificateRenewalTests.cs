using System.Diagnostics;
using Eventicat.TestSupport;

namespace Eventicat.Hosting.Tests.Listeners;

/// <summary>A certificate is renewed: new handshakes take the new one, with its chain, and nothing else notices.</summary>
public sealed class CertificateRenewalTests : IAsyncLifetime
{
    private const string Host = "events.example";
    private const string Password = "hunter2-for-tests";

    private readonly TestAuthority _authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("hosting-tls-").FullName;
    private ServiceHost? _service;

    private string CertificatePath => Path.Combine(_folder, "tls.crt");

    private string KeyPath => Path.Combine(_folder, "tls.key");

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("rename")]
    [InlineData("in place")]
    [InlineData("key first")]
    [InlineData("links")]
    public async Task Renewal_OfPem_IsTaken_HoweverTheFilesAreReplaced(string way)
    {
        Replace(way, _authority.IssuePem(Host));
        await StartAsync();
        var before = await ProbeAsync();
        Assert.Equal((Host, 2, true, "h2"), (before.Name, before.Sent, before.IsTrusted, before.Application));

        Replace(way, _authority.IssuePem(Host));

        await Eventually.TrueAsync(async () => (await ProbeAsync()).Serial != before.Serial);
        var after = await ProbeAsync();
        Assert.Equal((Host, 2, true, "h2"), (after.Name, after.Sent, after.IsTrusted, after.Application));
        await HasOneLineAsync("new connections get the new certificate");
        Assert.Empty(Lines("cannot be used"));
    }

    [Fact]
    public async Task Renewal_OfEncryptedKey_IsTaken()
    {
        Replace("rename", _authority.IssuePem(Host, Password));
        await StartAsync(("Kestrel:Endpoints:PublicTls:Certificate:Password", Password));
        var before = await ProbeAsync();

        Replace("rename", _authority.IssuePem(Host, Password));

        await Eventually.TrueAsync(async () => (await ProbeAsync()).Serial != before.Serial);
        Assert.Equal(2, (await ProbeAsync()).Sent);
        Assert.DoesNotContain(Password, _service!.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewal_OfPkcs12_IsTaken_WithItsChain()
    {
        await File.WriteAllBytesAsync(CertificatePath, _authority.IssuePkcs12(Host, Password), TestContext.Current.CancellationToken);
        await StartAsync(("Kestrel:Endpoints:PublicTls:Certificate:KeyPath", null), ("Kestrel:Endpoints:PublicTls:Certificate:Password", Password));
        var before = await ProbeAsync();
        Assert.Equal((2, true), (before.Sent, before.IsTrusted));

        await File.WriteAllBytesAsync(CertificatePath, _authority.IssuePkcs12(Host, Password), TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(async () => (await ProbeAsync()).Serial != before.Serial);
        Assert.Equal((2, true), ((await ProbeAsync()).Sent, (await ProbeAsync()).IsTrusted));
    }

    [Fact]
    public async Task Renewal_OfDefaultCertificate_IsTaken()
    {
        Replace("rename", _authority.IssuePem(Host));
        await StartAsync(
            ("Kestrel:Endpoints:PublicTls:Certificate:Path", null), ("Kestrel:Endpoints:PublicTls:Certificate:KeyPath", null),
            ("Kestrel:Certificates:Default:Path", CertificatePath), ("Kestrel:Certificates:Default:KeyPath", KeyPath));
        var before = await ProbeAsync();

        Replace("rename", _authority.IssuePem(Host));

        await Eventually.TrueAsync(async () => (await ProbeAsync()).Serial != before.Serial);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("missing")]
    [InlineData("other key")]
    [InlineData("pipe")]
    public async Task Renewal_ThatCannotBeUsed_IsOneLineAndDegraded_UntilItIsMended(string fault)
    {
        Replace("rename", _authority.IssuePem(Host));
        await StartAsync();
        var before = await ProbeAsync();
        Assert.Contains("\"status\":\"ready\"", await ReadyAsync(), StringComparison.Ordinal);

        switch (fault)
        {
            case "garbage":
                await File.WriteAllTextAsync(CertificatePath, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", TestContext.Current.CancellationToken);
                break;
            case "missing":
                File.Delete(CertificatePath);
                break;
            case "pipe":
                File.Delete(KeyPath);
                using (var make = Process.Start("mkfifo", [KeyPath]))
                {
                    await make.WaitForExitAsync(TestContext.Current.CancellationToken);
                }

                break;
            default:
                await File.WriteAllTextAsync(KeyPath, _authority.IssuePem(Host).Key, TestContext.Current.CancellationToken);
                break;
        }

        await Eventually.TrueAsync(async () => (await ReadyAsync()).Contains("\"status\":\"degraded\"", StringComparison.Ordinal));
        Assert.Contains("\"listeners\":\"certificate stale\"", await ReadyAsync(), StringComparison.Ordinal);
        Assert.Equal(before.Serial, (await ProbeAsync()).Serial);
        await HasOneLineAsync("cannot be used");

        Replace("rename", _authority.IssuePem(Host));

        await Eventually.TrueAsync(async () => (await ReadyAsync()).Contains("\"status\":\"ready\"", StringComparison.Ordinal));
        Assert.NotEqual(before.Serial, (await ProbeAsync()).Serial);
        await HasOneLineAsync("cannot be used");
        await HasOneLineAsync("new connections get the new certificate");
        // However often readiness is asked.
        Assert.Empty(Lines("Health check"));
        Assert.DoesNotContain("   at ", _service!.Log.ToString(), StringComparison.Ordinal);
    }

    private Uri Tls => _service!.AddressOf("https");

    private async Task StartAsync(params (string Key, string? Value)[] settings)
    {
        _service = await ServiceHost.StartAsync(
        [
            ("Kestrel:Endpoints:PublicTls:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:PublicTls:Certificate:Path", CertificatePath),
            ("Kestrel:Endpoints:PublicTls:Certificate:KeyPath", KeyPath),
            .. settings,
        ]);
    }

    private Task<TlsProbe> ProbeAsync() => TlsProbe.ConnectAsync(Tls, Host, _authority.Root, TestContext.Current.CancellationToken);

    private Task<string> ReadyAsync() => _service!.Management.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);

    private List<string> Lines(string text) => [.. _service!.Log.Rendered.Where(line => line.Contains(text, StringComparison.Ordinal))];

    /// <summary>Lines are written a moment after what they tell of.</summary>
    private async Task HasOneLineAsync(string text)
    {
        await Eventually.TrueAsync(() => Lines(text).Count > 0);
        Assert.Single(Lines(text));
    }

    private void Replace(string way, (string Chain, string Key) pair)
    {
        switch (way)
        {
            case "in place":
                File.WriteAllText(CertificatePath, pair.Chain);
                File.WriteAllText(KeyPath, pair.Key);
                break;
            case "key first":
                File.WriteAllText(KeyPath, pair.Key);
                File.WriteAllText(CertificatePath, pair.Chain);
                break;
            case "links":
                var version = Directory.CreateDirectory(Path.Combine(_folder, $"..{Guid.CreateVersion7():N}")).FullName;
                File.WriteAllText(Path.Combine(version, "tls.crt"), pair.Chain);
                File.WriteAllText(Path.Combine(version, "tls.key"), pair.Key);
                File.CreateSymbolicLink(Path.Combine(_folder, "..tmp"), version);
                // .NET takes a link to a folder for the folder.
                using (var move = Process.Start("mv", ["-T", Path.Combine(_folder, "..tmp"), Path.Combine(_folder, "..data")]))
                {
                    move.WaitForExit();
                }

                foreach (var name in new[] { "tls.crt", "tls.key" }.Where(name => !File.Exists(Path.Combine(_folder, name))))
                {
                    File.CreateSymbolicLink(Path.Combine(_folder, name), Path.Combine("..data", name));
                }

                break;
            default:
                File.WriteAllText(CertificatePath + ".new", pair.Chain);
                File.WriteAllText(KeyPath + ".new", pair.Key);
                File.Move(CertificatePath + ".new", CertificatePath, overwrite: true);
                File.Move(KeyPath + ".new", KeyPath, overwrite: true);
                break;
        }
    }
}
