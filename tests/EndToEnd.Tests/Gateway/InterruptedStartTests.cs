using System.Diagnostics;
using Eventicat.EndToEnd.Tests.Processes;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>A gateway whose store is away is told to stop while it still tries to reach it.</summary>
public sealed class InterruptedStartTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Theory]
    [InlineData(Terminate)]
    [InlineData(Interrupt)]
    public async Task Start_ToldToStop_EndsWithoutACrash(int signal)
    {
        var folder = Directory.CreateTempSubdirectory("eventicat-e2e-");
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Eventicat.Gateway.dll")])
            {
                WorkingDirectory = folder.FullName,
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                Environment =
                {
                    ["Kestrel__Endpoints__Public__Url"] = "http://127.0.0.1:0",
                    ["Kestrel__Endpoints__Management__Url"] = "http://127.0.0.1:0",
                    ["ReverseProxy__Clusters__events__Destinations__sink__Address"] = "http://127.0.0.1:1",
                    ["Redis__Connection"] = "127.0.0.1:1",
                },
            })!;
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Redis", StringComparison.OrdinalIgnoreCase))
            {
            }

            PosixSignals.Send(process, signal);

            var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal("", await errors);
            // As by default, where the signal came before anything was there to take it.
            Assert.Contains(process.ExitCode, (int[])[0, 128 + signal]);
            Assert.DoesNotContain("   at ", rest, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
