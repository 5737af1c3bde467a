using System.Reflection;
using System.Text.RegularExpressions;

namespace Eventicat.Gateway.Tests.Conventions;

/// <summary>Which room may know which: held against the sources, so that a breach names file and line.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] SharedRooms = ["Requests", "Errors", "Configuration", "Start"];

    private static readonly string Source = Path.Combine(FindRoot(), "src", "Gateway");

    [Fact]
    public void Rooms_UseOnlySharedRoomsAndThemselves()
    {
        // The exceptions: what Forwarding sends to the backend is set under Credentials; Configuration has what rooms stand in with.
        string[] allowed = ["Forwarding -> Credentials", "Configuration -> Forwarding", "Configuration -> Listeners"];

        var breaches = SourceFiles()
            .Where(file => file.Room is not null)
            .SelectMany(file => UsedRooms(file.Text).Select(used => (file.Room, used, file.Name)))
            .Where(use => use.used != use.Room && !SharedRooms.Contains(use.used) && !allowed.Contains($"{use.Room} -> {use.used}"))
            .Select(use => $"{use.Name}: {use.Room} -> {use.used}");

        Assert.Empty(breaches);
    }

    /// <summary>What gateways share is in Redis: limits, and counts. Each has scripts and names of its own there.</summary>
    [Theory]
    [InlineData("Yarp.", "Forwarding")]
    [InlineData("StackExchange.Redis", "RateLimiting", "Usage")]
    [InlineData("Serilog", "(the library Hosting)")]
    public void Library_IsKnownToItsRoomsAlone(string library, params string[] rooms) => Assert.Empty(SourceFiles()
        .Where(file => !rooms.Contains(file.Room) && file.Text.Contains($"using {library}", StringComparison.Ordinal))
        .Select(file => file.Name));

    [Fact]
    public void Types_AreInternalAndSealed_ButForWhatOthersStart()
    {
        string[] meantForOthers = ["GatewayApplication"];
        var types = typeof(GatewayApplication).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Eventicat.Gateway", StringComparison.Ordinal) == true && !type.IsNested && type.IsClass)
            .ToList();

        Assert.DoesNotContain(types, type => type.IsPublic && !meantForOthers.Contains(type.Name));
        Assert.DoesNotContain(types, type => !type.IsSealed && !type.IsAbstract && types.TrueForAll(other => other.BaseType != type));
    }

    [Theory]
    [InlineData("UseConnectionLogging")]
    [InlineData("UseHttpLogging")]
    [InlineData("UseW3CLogging")]
    [InlineData("UseDeveloperExceptionPage")]
    [InlineData("UseHttpsRedirection")]
    [InlineData("UseSerilogRequestLogging")]
    public void Middleware_ThatWouldRepeatAKey_IsNotUsed(string method) => Assert.Empty(SourceFiles()
        .Where(file => file.Text.Contains(method, StringComparison.Ordinal)).Select(file => file.Name));

    [Fact]
    public void GatewayAndSink_ShareNoProject() => Assert.DoesNotContain(
        typeof(GatewayApplication).Assembly.GetReferencedAssemblies(),
        assembly => assembly.Name!.Contains("EventSink", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string? Room, string Text)> SourceFiles() => Directory
        .EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Select(path => (Name: Path.GetRelativePath(Source, path), Text: File.ReadAllText(path)))
        .Select(file => (file.Name, file.Name.Contains(Path.DirectorySeparatorChar) ? file.Name.Split(Path.DirectorySeparatorChar)[0] : null, file.Text));

    private static IEnumerable<string> UsedRooms(string text) =>
        Using().Matches(text).Select(match => match.Groups["room"].Value);

    private static string FindRoot() => typeof(RoomTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    [GeneratedRegex(@"^using Eventicat\.Gateway\.(?<room>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Using();
}
