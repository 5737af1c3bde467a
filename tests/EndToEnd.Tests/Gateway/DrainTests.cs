using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>SIGTERM, as clients see it.</summary>
public sealed class DrainTests : IAsyncDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    /// <summary>Less than what the stop allows to requests under way, so that something that holds it up would show.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("eventicat-e2e-").FullName;
    private readonly RawBackend _backend = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Terminate_ClientInALoop_SeesNoFailureBeforeTheDelayIsOver(string version)
    {
        await using var gateway = await StartAsync(Delay, version);
        using var client = new HttpClient
        {
            BaseAddress = gateway.Client.BaseAddress,
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        await client.GetStringAsync("/open", Token);
        var stopping = Stopwatch.StartNew();
        gateway.Signal(PosixSignals.Terminate);

        var (answers, closes) = (0, 0);
        try
        {
            while (true)
            {
                using var answer = await client.GetAsync("/open", Token);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                answers++;
                closes += answer.Headers.ConnectionClose == true ? 1 : 0;
            }
        }
        catch (HttpRequestException)
        {
            // The listener is gone, and that is the end of the loop.
        }

        Assert.True(stopping.Elapsed >= Delay, $"The first failure came after {stopping.Elapsed}");
        Assert.True(answers > 1, "Nothing was served");
        Assert.True(version == "2.0" ? closes == 0 : closes > 0, $"{closes} of {answers} answers closed their connection");
        await gateway.ExitAsync().WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Terminate_Readiness_FailsAtOnceOnAListenerThatServesOn()
    {
        await using var gateway = await StartAsync(TimeSpan.FromMinutes(1));

        gateway.Signal(PosixSignals.Terminate);

        await Eventually.TrueAsync(async () => await gateway.ReadinessStatusAsync() == HttpStatusCode.ServiceUnavailable);
        Assert.Equal("ok", await gateway.Client.GetStringAsync("/open", Token));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await gateway.ReadinessStatusAsync());
    }

    [Fact]
    public async Task Terminate_Http2_GetsGoAwayAndItsStreamsFinish()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _backend.Before = held.Task;
        await using var gateway = await StartAsync(TimeSpan.FromMinutes(1), "2.0");
        await using var client = await RawHttp2Client.ConnectAsync(gateway.Client.BaseAddress!, Token);
        var stream = await client.StartAsync([(":method", "GET"), (":scheme", "http"), (":authority", "x"), (":path", "/open")], endStream: true, Token);
        await Eventually.TrueAsync(() => !_backend.Requests.IsEmpty);

        gateway.Signal(PosixSignals.Terminate);

        await Eventually.TrueAsync(() => client.GoneAway == 0);
        Assert.Equal(RawHttp2End.Open, client.Seen(stream).End);
        held.SetResult();
        var answer = await client.AnswerAsync(stream, Token).WaitAsync(Patience, Token);
        Assert.Equal((RawHttp2End.Answered, 200, "ok"), (answer.End, answer.Status, answer.Body));
    }

    [Fact]
    public async Task Terminate_UploadUnderWay_IsAnsweredAfterTheListenersAreGone()
    {
        await using var gateway = await StartAsync(TimeSpan.Zero);
        using var upload = new TcpClient();
        await upload.ConnectAsync(gateway.Client.BaseAddress!.Host, gateway.Client.BaseAddress.Port, Token);
        var stream = upload.GetStream();
        await stream.WriteAsync("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nha"u8.ToArray(), Token);

        gateway.Signal(PosixSignals.Terminate);
        await Eventually.TrueAsync(async () => !await ListensAsync(gateway.Client.BaseAddress));
        await stream.WriteAsync("lf"u8.ToArray(), Token);

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Token).WaitAsync(Patience, Token);
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.EndsWith("half", _backend.Requests.Single(), StringComparison.Ordinal);
        await gateway.ExitAsync().WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Terminate_IdleConnections_DoNotHoldItUp()
    {
        await using var gateway = await StartAsync(TimeSpan.Zero);
        using var idle = new TcpClient();
        await idle.ConnectAsync(gateway.Client.BaseAddress!.Host, gateway.Client.BaseAddress.Port, Token);
        await idle.GetStream().WriteAsync("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Token);
        await idle.GetStream().ReadExactlyAsync(new byte[12], Token);

        gateway.Signal(PosixSignals.Terminate);

        await gateway.ExitAsync().WaitAsync(Patience, Token);
    }

    [Theory]
    [InlineData(PosixSignals.Terminate, 143)]
    [InlineData(PosixSignals.Interrupt, 130)]
    [InlineData(PosixSignals.Quit, 131)]
    [InlineData(PosixSignals.Terminate, 143, PosixSignals.Quit)]
    public async Task SecondSignal_WhileDraining_EndsAtOnce(int signal, int exitCode, int first = PosixSignals.Terminate)
    {
        await using var gateway = await StartAsync(TimeSpan.FromMinutes(1));
        gateway.Signal(first);
        await Eventually.TrueAsync(async () => await gateway.ReadinessStatusAsync() == HttpStatusCode.ServiceUnavailable);

        // As somebody does who sees that it goes on.
        await Eventually.TrueAsync(() => !gateway.TrySignal(signal));

        await gateway.ExitAsync().WaitAsync(Patience, Token);
        Assert.Equal(exitCode, gateway.ExitCode);
    }

    /// <summary>As <c>dotnet run</c> and <c>timeout</c> hand it on to a program that has got it already.</summary>
    [Fact]
    public async Task SecondSignal_WithTheFirst_IsTakenForTheSame()
    {
        await using var gateway = await StartAsync(Delay);

        gateway.Signal(PosixSignals.Terminate);
        gateway.Signal(PosixSignals.Interrupt);

        await gateway.ExitAsync().WaitAsync(Patience, Token);
        Assert.Equal(0, gateway.ExitCode);
        Assert.DoesNotContain(gateway.Warnings, line => line.Contains("second time", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _backend.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<GatewayProcess> StartAsync(TimeSpan delay, string version = "1.1") => GatewayProcess.StartAsync(
        _folder,
        _backend.Url,
        new Dictionary<string, string>
        {
            ["Shutdown__DrainDelay"] = delay.ToString(),
            ["Kestrel__Endpoints__Public__Protocols"] = version == "2.0" ? "Http2" : "Http1",
            ["ReverseProxy__Routes__open__ClusterId"] = "events",
            ["ReverseProxy__Routes__open__AuthorizationPolicy"] = "Anonymous",
            ["ReverseProxy__Routes__open__Match__Path"] = "/open",
        });

    private static async Task<bool> ListensAsync(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
