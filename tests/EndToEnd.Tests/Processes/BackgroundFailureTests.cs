using System.Diagnostics;

namespace Eventicat.EndToEnd.Tests.Processes;

/// <summary>A program that one of its services has ended says so by its exit code: "restart on failure" is to start it again.</summary>
public sealed class BackgroundFailureTests : IDisposable
{
    private const string Any = "http://127.0.0.1:0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventicat-e2e-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Eventicat.Gateway.dll", "started")]
    [InlineData("Eventicat.Gateway.dll", "starting")]
    [InlineData("Eventicat.EventSink.dll", "started")]
    [InlineData("Eventicat.EventSink.dll", "starting")]
    [InlineData("Eventicat.Dashboard.dll", "started")]
    [InlineData("Eventicat.Dashboard.dll", "starting")]
    [InlineData("eventicat.dll", "started")]
    [InlineData("eventicat.dll", "starting")]
    public async Task Program_ServiceFailsInTheBackground_EndsWithAnExitCodeThatIsNotZero(string program, string when)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. Arguments(program)])
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.When] = when,
            },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var said = await output + await errors;
        Assert.Contains("as it was told to", said, StringComparison.Ordinal);
        Assert.True(process.ExitCode is not 0 and < 128 or 130, said);
    }

    private static string[] Arguments(string program) => program switch
    {
        "Eventicat.Gateway.dll" =>
        [
            $"--Kestrel:Endpoints:Public:Url={Any}", $"--Kestrel:Endpoints:Management:Url={Any}", "--Shutdown:DrainDelay=00:00:00",
            "--ReverseProxy:Clusters:events:Destinations:sink:Address=http://127.0.0.1:1",
        ],
        "Eventicat.EventSink.dll" => [$"--Kestrel:Endpoints:Http:Url={Any}", "--Storage:Path=events", "--Shutdown:DrainDelay=00:00:00"],
        "Eventicat.Dashboard.dll" =>
        [
            $"--Kestrel:Endpoints:Dashboard:Url={Any}", "--Accounts:File=accounts.json", "--Gateway:PublicUrl=http://127.0.0.1:1",
            "--Gateway:ManagementUrl=http://127.0.0.1:1", "--Sink:Url=http://127.0.0.1:1", "--Shutdown:DrainDelay=00:00:00",
        ],
        _ => ["dev", "--port", "0", "--management-port", "0", "--dashboard-port", "0", "--data", "data"],
    };
}
