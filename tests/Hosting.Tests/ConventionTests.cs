using Eventicat.TestSupport.Conventions;

namespace Eventicat.Hosting.Tests;

/// <summary>The ground floor lies under all programs and knows none of them; its rooms form a tree.</summary>
public sealed class ConventionTests
{
    private const string Root = "Eventicat.Hosting";

    private static readonly IReadOnlyCollection<TypeUse> Uses = TypeUses.Of(typeof(ServiceProgram).Assembly);

    [Fact]
    public void Assembly_KnowsNothingOfOurs() => Assert.DoesNotContain(
        typeof(ServiceProgram).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("Eventicat", StringComparison.Ordinal));

    /// <summary>Each room with all that it knows; a room stands below those that it knows.</summary>
    [Theory]
    [InlineData("Formats")]
    [InlineData("Files")]
    [InlineData("Configuration", "Files", "Formats")]
    [InlineData("Logging", "Configuration")]
    [InlineData("Listeners", "Configuration", "Files")]
    [InlineData("TrustedProxies", "Configuration")]
    [InlineData("Shutdown", "Configuration", "Logging")]
    [InlineData("Health", "Logging")]
    [InlineData("", "Configuration")]
    public void Room_KnowsTheRoomsBesideItAndNoOther(string room, params string[] others) => Assert.Equal(
        others.Order(StringComparer.Ordinal),
        Uses.Where(use => TypeUse.RoomOf(use.User, Root) == room)
            .Select(use => TypeUse.RoomOf(use.Used, Root))
            .Where(used => used is not null && used != room)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Rooms_AreAllInTheTable() => Assert.Equal(
        ["", "Configuration", "Files", "Formats", "Health", "Listeners", "Logging", "Shutdown", "TrustedProxies"],
        Uses.Select(use => TypeUse.RoomOf(use.User, Root)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Whoever knows it could write past the mask.</summary>
    [Fact]
    public void Serilog_IsKnownToLoggingAlone() => Assert.DoesNotContain(Uses,
        use => use.Used.StartsWith("Serilog.", StringComparison.Ordinal) && TypeUse.RoomOf(use.User, Root) is { } room && room != "Logging");
}
