using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport;

namespace Eventicat.Dashboard.Tests.Tls;

/// <summary>The dashboard takes a renewed certificate as the gateway does, where the ways of renewal are tested.</summary>
public sealed class CertificateRenewalTests
{
    private const string Host = "dash.example";

    [Fact]
    public async Task Renewal_IsTaken_AndABrokenOneIsDegraded()
    {
        using var authority = new TestAuthority();
        var folder = Directory.CreateTempSubdirectory("dashboard-tls-").FullName;
        var file = Path.Combine(folder, "tls.pem");
        Write(authority.IssuePem(Host));
        await using (var dashboard = await DashboardHost.StartAsync(
            ("Kestrel:Endpoints:Dashboard:Url", "https://127.0.0.1:0"), ("Kestrel:Endpoints:Dashboard:Certificate:Path", file)))
        {
            var before = await ProbeAsync(dashboard);
            Assert.Equal((Host, 2, true, "h2"), (before.Name, before.Sent, before.IsTrusted, before.Application));

            Write(authority.IssuePem(Host));
            await Eventually.TrueAsync(async () => (await ProbeAsync(dashboard)).Serial != before.Serial);

            File.Delete(file);
            await Eventually.TrueAsync(async () => (await ReadyAsync(dashboard)).Contains("degraded", StringComparison.Ordinal));
            Write(authority.IssuePem(Host));
            await Eventually.TrueAsync(async () => (await ReadyAsync(dashboard)).Contains("ready", StringComparison.Ordinal));
        }

        Directory.Delete(folder, recursive: true);

        void Write((string Chain, string Key) pair)
        {
            File.WriteAllText(file + ".new", pair.Chain + pair.Key);
            File.Move(file + ".new", file, overwrite: true);
        }

        Task<TlsProbe> ProbeAsync(DashboardHost dashboard) =>
            TlsProbe.ConnectAsync(dashboard.Client.BaseAddress!, Host, authority.Root, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ReadyAsync(DashboardHost dashboard)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
        });
        return await client.GetStringAsync(new Uri(dashboard.Client.BaseAddress!, "/health/ready"), TestContext.Current.CancellationToken);
    }
}
