using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Eventicat.EndToEnd.Tests.Processes;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>A service that cannot start says why, in one line on its error output and without a stack, and ends with 1.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("eventicat-e2e-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Gateway", "Public")]
    [InlineData("Dashboard", "Dashboard")]
    [InlineData("EventSink", "Http")]
    public async Task Start_AddressTaken_IsOneLine(string program, string endpoint)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var error = await RunAsync(program, $"--Kestrel:Endpoints:{endpoint}:Url={url}");

        Assert.Contains(url, error, StringComparison.Ordinal);
        Assert.Contains("address already in use", error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("{}", "is broken: accounts: is missing.")]
    [InlineData("{", "is broken: not valid JSON")]
    public async Task Start_AccountsFileOfNoUse_IsOneLine(string content, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "accounts.json"), content, TestContext.Current.CancellationToken);

        foreach (var program in new[] { "Gateway", "Dashboard" })
        {
            Assert.Contains(expected, await RunAsync(program), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_AccountsFileThatIsNone_SaysWhatItIs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Others tell less");
        await Tool.RunAsync("mkfifo", [Path.Combine(_folder, "pipe")]);

        Assert.Contains("no regular file but a pipe", await RunAsync("Gateway", "--Accounts:File=pipe"), StringComparison.Ordinal);
        Assert.Contains("no regular file but a directory", await RunAsync("Gateway", "--Accounts:File=."), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(_folder, "appsettings.json"));
        Assert.Contains("no regular file but a directory", await RunAsync("Gateway"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSecretsFolder_NamesTheSetting() =>
        Assert.Equal("Secrets:Path: '/nope' is not a folder.", await RunAsync("Gateway", "--Secrets:Path=/nope"));

    /// <returns>The one line.</returns>
    private async Task<string> RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"Eventicat.{program}.dll"), .. args])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["Kestrel__Endpoints__Public__Url"] = "http://127.0.0.1:0",
                ["Kestrel__Endpoints__Management__Url"] = "http://127.0.0.1:0",
                ["Kestrel__Endpoints__Dashboard__Url"] = "http://127.0.0.1:0",
            },
        })!;
        var token = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        try
        {
            await process.WaitForExitAsync(token).WaitAsync(Deadline, token);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"It started: {await output}");
        }

        var error = await errors;
        Assert.Equal(1, process.ExitCode);
        Assert.DoesNotContain("   at ", await output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"@l\":\"Error\"", await output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"@l\":\"Fatal\"", await output, StringComparison.Ordinal);
        return Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
