using System.Net;
using System.Net.Sockets;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Tls;

/// <summary>A certificate is renewed while the gateway forwards a body. The ways of renewal are tested with the listeners of all programs.</summary>
public sealed class UploadDuringRenewalTests : IAsyncLifetime
{
    private const string Host = "events.example";

    private readonly TestAuthority _authority = new();
    private readonly RawBackend _backend = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-tls-").FullName;
    private GatewayHost? _gateway;

    private string CertificatePath => Path.Combine(_folder, "tls.crt");

    private string KeyPath => Path.Combine(_folder, "tls.key");

    private Uri Tls => _gateway!.AddressOf("https");

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        await _backend.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Renewal_LeavesUploadsAndTheListenerAlone(string version)
    {
        Replace(_authority.IssuePem(Host));
        _gateway = await GatewayHost.StartAsync(
            _backend.Url,
            ("Kestrel:Endpoints:PublicTls:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:PublicTls:Certificate:Path", CertificatePath),
            ("Kestrel:Endpoints:PublicTls:Certificate:KeyPath", KeyPath));
        var key = await _gateway.WithAccountAsync("acme", ["agg_1"]);
        var before = await ProbeAsync();
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null } });
        using var body = new GatedContent(64 * 1024);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Tls, "/api/event?_id=agg_1"))
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key.Reveal()}");
        var upload = client.SendAsync(request, TestContext.Current.CancellationToken);
        await body.HalfSent;

        using var stop = new CancellationTokenSource();
        var refused = CountRefusedAsync(stop.Token);
        Replace(_authority.IssuePem(Host));
        await Eventually.TrueAsync(async () => (await ProbeAsync()).Serial != before.Serial);
        body.SendRest();

        using var response = await upload;
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Version.Parse(version), response.Version);
        Assert.EndsWith(new string('x', 32 * 1024), Assert.Single(_backend.Requests).TrimEnd('\r', '\n', '0'), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await refused);
    }

    private Task<TlsProbe> ProbeAsync() => TlsProbe.ConnectAsync(Tls, Host, _authority.Root, TestContext.Current.CancellationToken);

    private void Replace((string Chain, string Key) pair)
    {
        File.WriteAllText(CertificatePath + ".new", pair.Chain);
        File.WriteAllText(KeyPath + ".new", pair.Key);
        File.Move(CertificatePath + ".new", CertificatePath, overwrite: true);
        File.Move(KeyPath + ".new", KeyPath, overwrite: true);
    }

    /// <summary>Connects again and again, as many clients do.</summary>
    private async Task<int> CountRefusedAsync(CancellationToken stop)
    {
        var refused = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Tls.Port, CancellationToken.None);
            }
            catch (SocketException)
            {
                refused++;
            }

            await Task.Yield();
        }

        return refused;
    }

    /// <summary>A body whose second half waits.</summary>
    private sealed class GatedContent(int length) : HttpContent
    {
        private readonly TaskCompletionSource _halfSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HalfSent => _halfSent.Task;

        public void SendRest() => _rest.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var half = new string('x', length / 2).Select(letter => (byte)letter).ToArray();
            await stream.WriteAsync(half);
            await stream.FlushAsync();
            _halfSent.SetResult();
            await _rest.Task;
            await stream.WriteAsync(half);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
