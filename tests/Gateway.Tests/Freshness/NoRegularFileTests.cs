using System.Diagnostics;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;

namespace Eventicat.Gateway.Tests.Freshness;

/// <summary>A pipe that nobody writes to, as a file on a server that hangs, is waited for by whoever opens it.</summary>
public sealed class NoRegularFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-pipe-").FullName;

    private string Accounts => Path.Combine(_folder, "accounts.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AccountsFile_ThatBecomesAPipe_IsStale_AndReadAgainAfterwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Others are asked for the content");
        await using var gateway = await GatewayHost.StartAsync("http://127.0.0.1:1", ("Accounts:File", Accounts));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        Assert.Equal(502, await StatusAsync());

        await PipeAsync(Path.Combine(_folder, "pipe"));
        File.Move(Path.Combine(_folder, "pipe"), Accounts, overwrite: true);

        await Eventually.TrueAsync(async () => (await gateway.Management.GetStringAsync("/health/ready", TestContext.Current.CancellationToken))
            .Contains("\"accounts\":\"stale\"", StringComparison.Ordinal));
        Assert.Equal(502, await StatusAsync());
        await Eventually.TrueAsync(() => gateway.Log.Rendered.Any(line => line.Contains("is no regular file but a pipe", StringComparison.Ordinal)));

        await File.WriteAllTextAsync(Path.Combine(_folder, "new"), """{"accounts":[]}""", TestContext.Current.CancellationToken);
        File.Move(Path.Combine(_folder, "new"), Accounts, overwrite: true);

        await Eventually.TrueAsync(async () => await StatusAsync() == 401);

        async Task<int> StatusAsync()
        {
            using var response = await gateway.GetAsync("/api/event?_id=agg_1", key);
            return (int)response.StatusCode;
        }
    }

    private static async Task PipeAsync(string path)
    {
        using var make = Process.Start("mkfifo", [path]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
