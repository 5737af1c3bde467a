using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>A gateway that listens on a file, for a proxy on the same machine.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private const int Kill = 9;

    private readonly string _folder = Directory.CreateTempSubdirectory("eventicat-e2e-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Socket => Path.Combine(_folder, "gateway.sock");

    [Fact]
    public async Task Start_AfterTheGatewayBeforeWasKilled_ListensAgain()
    {
        await using (var killed = await StartAsync())
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());
            killed.Signal(Kill);
            await killed.ExitAsync();
        }

        Assert.True(File.Exists(Socket), "There was nothing to get over.");

        await using var gateway = await StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_WhereSomebodyListensOrAFileIs_TakesNothingAway(bool isSocket)
    {
        await using var first = isSocket ? await StartAsync() : null;
        if (!isSocket)
        {
            await File.WriteAllTextAsync(Socket, "precious", Token);
        }

        using var second = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Eventicat.Gateway.dll")])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["Kestrel__Endpoints__File__Url"] = $"http://unix:{Socket}", ["Kestrel__Endpoints__Management__Url"] = "http://127.0.0.1:0" },
        })!;
        var output = second.StandardOutput.ReadToEndAsync(Token);
        var error = await second.StandardError.ReadToEndAsync(Token);
        await second.WaitForExitAsync(Token);

        Assert.Equal(1, second.ExitCode);
        Assert.Equal($"Kestrel:Endpoints:File:Url: 'http://unix:{Socket}' cannot be listened on: Address already in use\n", error);
        Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
        if (isSocket)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());
        }
        else
        {
            Assert.Equal("precious", await File.ReadAllTextAsync(Socket, Token));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartAsync(
        _folder, "http://127.0.0.1:1", new Dictionary<string, string> { ["Kestrel__Endpoints__File__Url"] = $"http://unix:{Socket}" });

    private async Task<HttpStatusCode> AskAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var answer = await client.GetAsync(new Uri("http://gateway/api/event?_id=agg_1"), Token);
        return answer.StatusCode;
    }
}
