using System.Diagnostics;
using Eventicat.TestSupport;

namespace Eventicat.EndToEnd.Tests.Stores;

/// <summary>The dashboard as it is published, in a process of its own.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DashboardProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        process.BeginOutputReadLine();
    }

    public Uri Address { get; }

    /// <param name="folder">Its working directory.</param>
    /// <param name="environment">Settings.</param>
    public static DashboardProcess Start(string folder, IReadOnlyDictionary<string, string> environment)
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Eventicat.Dashboard.dll")])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["Kestrel__Endpoints__Dashboard__Url"] = address },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new DashboardProcess(Process.Start(start)!, new Uri(address));
    }

    public Task ReadyAsync(HttpClient client) => Eventually.TrueAsync(async () =>
    {
        Assert.False(_process.HasExited, "The dashboard ended while starting");
        try
        {
            using var response = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
