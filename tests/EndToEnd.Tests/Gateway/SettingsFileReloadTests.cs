using System.Net;
using System.Text.Json;
using Eventicat.TestSupport;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary><c>appsettings.json</c> in the working directory, changed while the gateway runs.</summary>
public sealed class SettingsFileReloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eventicat-e2e-").FullName;

    private string Settings => Path.Combine(_folder, "appsettings.json");

    [Fact]
    public async Task Link_SwappedLikeAMountedConfigMap_IsFollowed()
    {
        Mount("..first", "/first");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..first");
        File.CreateSymbolicLink(Settings, Path.Combine("..data", "appsettings.json"));
        await using var gateway = await StartAsync();
        await RoutesAsync(gateway, "/first");

        Mount("..second", "/second");
        Directory.Delete(Path.Combine(_folder, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..second");

        await RoutesAsync(gateway, "/second");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, "/first"));
    }

    [Theory]
    [InlineData("{ \"ReverseProxy\": ")]
    [InlineData(null)]
    public async Task File_BrokenOrGone_KeepsTheLastGoodSettingsAndSaysSoOnce(string? content)
    {
        await File.WriteAllTextAsync(Settings, Route("/first"), TestContext.Current.CancellationToken);
        await using var gateway = await StartAsync(readOutput: false);
        await RoutesAsync(gateway, "/first");

        if (content is null)
        {
            File.Delete(Settings);
        }
        else
        {
            await File.WriteAllTextAsync(Settings, content, TestContext.Current.CancellationToken);
        }

        var said = await ReadLineAsync(gateway, "The last good settings stay");
        Assert.Contains(Settings, said, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.NotFound, await StatusAsync(gateway, "/first"));
        Assert.Contains("\"status\":\"degraded\"", await gateway.ReadinessAsync(), StringComparison.Ordinal);
        Assert.Contains("\"settings\":\"stale\"", await gateway.ReadinessAsync(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Settings, Route("/second"), TestContext.Current.CancellationToken);
        await RoutesAsync(gateway, "/second");
        Assert.DoesNotContain("The last good settings stay", await ReadLineAsync(gateway, "appsettings.json"), StringComparison.Ordinal);
    }

    /// <summary>Also as it was before.</summary>
    [Fact]
    public async Task File_BrokenAndMended_IsWellAgain()
    {
        await File.WriteAllTextAsync(Settings, Route("/first"), TestContext.Current.CancellationToken);
        await using var gateway = await StartAsync();

        await File.WriteAllTextAsync(Settings, "{", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => (await gateway.ReadinessAsync()).Contains("\"settings\":\"stale\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Settings, Route("/first"), TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(async () => (await gateway.ReadinessAsync()).Contains("\"settings\":\"ok\"", StringComparison.Ordinal));
        Assert.Single(gateway.Warnings, line => line.Contains("The last good settings stay", StringComparison.Ordinal));
    }

    /// <summary>Whoever reads "read again" believes that what was changed is in force.</summary>
    [Fact]
    public async Task Change_ThatNeedsARestart_IsNamed_AndNothingRefusedIsSaidToBeTakenOver()
    {
        await File.WriteAllTextAsync(Settings, """{"Cors":{"AllowedOrigins":["https://a.example"]}}""", TestContext.Current.CancellationToken);
        await using var gateway = await StartAsync(readOutput: false);

        await File.WriteAllTextAsync(
            Settings,
            """
            {"RateLimit":{"Permits":7},"Cors":{"AllowedOrigins":["https://b.example"]},"Kestrel":{"Endpoints":{"Management":{"Protocols":"Http3x"}}},
             "ReverseProxy":{"Routes":{"r":{"ClusterId":"nowhere","Match":{"Path":"/x"}}}}}
            """,
            TestContext.Current.CancellationToken);

        List<string> lines = [];
        do
        {
            lines.Add(await ReadLineAsync(gateway, ""));
        }
        while (!lines[^1].Contains("a restart is needed", StringComparison.Ordinal));

        Assert.Contains("Cors:AllowedOrigins, RateLimit:Permits", lines[^1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Count(line => line.Contains("Settings were not taken over", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("in force", StringComparison.Ordinal) && !line.Contains("stay in force", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("were taken over", StringComparison.Ordinal));

        // Back to what is in force, and something that is followed.
        await File.WriteAllTextAsync(Settings, """{"Cors":{"AllowedOrigins":["https://a.example"]},"ReverseProxy":{"Routes":{"r":{"ClusterId":"events","Match":{"Path":"/x"}}}}}""", TestContext.Current.CancellationToken);
        Assert.Contains("routes", await ReadLineAsync(gateway, "are in force"), StringComparison.Ordinal);
        Assert.Contains("appsettings.json", await ReadLineAsync(gateway, " again"), StringComparison.Ordinal);
    }

    /// <summary>A watched folder tells of every line that is written to a log in it.</summary>
    [Fact]
    public async Task WorkingDirectory_IsNotWatched()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux shows what is watched");
        await File.WriteAllTextAsync(Settings, Route("/first"), TestContext.Current.CancellationToken);
        await using var gateway = await StartAsync();
        await RoutesAsync(gateway, "/first");

        var watches = Directory.GetFiles($"/proc/{gateway.ProcessId}/fdinfo").SelectMany(ReadLines).Where(line => line.StartsWith("inotify", StringComparison.Ordinal));

        Assert.Equal([], watches);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<GatewayProcess> StartAsync(bool readOutput = true) =>
        GatewayProcess.StartAsync(_folder, "http://127.0.0.1:1", new Dictionary<string, string>(), readOutput: readOutput);

    private void Mount(string name, string path)
    {
        Directory.CreateDirectory(Path.Combine(_folder, name));
        File.WriteAllText(Path.Combine(_folder, name, "appsettings.json"), Route(path));
    }

    private static string Route(string path) => JsonSerializer.Serialize(new
    {
        ReverseProxy = new { Routes = new { r = new { ClusterId = "events", AuthorizationPolicy = "Anonymous", Match = new { Path = path } } } },
    });

    /// <summary>Waits until the path has a route; nothing listens behind it.</summary>
    private static Task RoutesAsync(GatewayProcess gateway, string path) =>
        Eventually.TrueAsync(async () => await StatusAsync(gateway, path) == HttpStatusCode.BadGateway);

    private static async Task<HttpStatusCode> StatusAsync(GatewayProcess gateway, string path)
    {
        using var response = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<string> ReadLineAsync(GatewayProcess gateway, string text)
    {
        while (await gateway.Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The gateway ended without a line with '{text}'.");
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (IOException)
        {
            // Closed in between.
            return [];
        }
    }
}
