using System.Diagnostics;

namespace Eventicat.EndToEnd.Tests.Sink;

/// <summary>A sink that cannot start says why in words, on stderr, and ends with 1.</summary>
public sealed class SinkStartTests
{
    [Fact]
    public async Task Start_SeveralBadSettings_ListsAll()
    {
        var (exitCode, error) = await RunAsync("--Storage:MaxBatch=x", "--Kestrel:Endpoints:Http:Url=here");
        Assert.Equal(1, exitCode);
        Assert.Contains("Storage:MaxBatch: 'x' ", error, StringComparison.Ordinal);
        Assert.Contains("Kestrel:Endpoints:Http:Url: 'here' ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HttpsWithoutCertificate_SaysSo()
    {
        var (exitCode, error) = await RunAsync(
            "--Kestrel:Endpoints:Http:Url=https://127.0.0.1:0", "--Kestrel:Endpoints:Http:Certificate:Path=missing.pfx");
        Assert.Equal(1, exitCode);
        Assert.Contains("missing.pfx", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StorageIsAFile_SaysWhich()
    {
        var (exitCode, error) = await RunAsync("--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0", "--Storage:Path=/dev/null");
        Assert.Equal(1, exitCode);
        Assert.Contains("Storage:Path: '/dev/null' ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("eventicat-e2e-");
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Eventicat.EventSink.dll"), .. args])
            {
                WorkingDirectory = folder.FullName,
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            process.BeginOutputReadLine();
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
