using System.Reflection;
using System.Runtime.CompilerServices;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Storage.Sqlite;
using Eventicat.TestSupport.Conventions;

namespace Eventicat.EventSink.Tests;

public sealed class ConventionTests
{
    private const string Root = "Eventicat.EventSink";

    private static readonly Assembly Sink = typeof(EventSinkApplication).Assembly;

    private static readonly Type[] Types =
        [.. Sink.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Namespace?.StartsWith("Eventicat", StringComparison.Ordinal) == true)];

    private static readonly IReadOnlyCollection<TypeUse> Uses = TypeUses.Of(Sink);

    [Fact]
    public void Types_ExceptTheEntry_AreNotPublic() =>
        Assert.Equal([typeof(EventSinkApplication)], Types.Where(type => type.IsPublic));

    [Fact]
    public void Classes_All_AreSealed() =>
        Assert.DoesNotContain(Types, type => type is { IsClass: true, IsSealed: false });

    /// <summary>But for the one that chooses it.</summary>
    [Fact]
    public void Rooms_ExceptSqlite_DoNotKnowTheEngine()
    {
        var engine = typeof(SqliteEventStore).Namespace!;
        var others = Uses.Where(use => !use.User.StartsWith(engine, StringComparison.Ordinal) && use.User != typeof(StorageExtensions).FullName);
        Assert.DoesNotContain(others, use => use.Used.StartsWith(engine, StringComparison.Ordinal) || use.Used.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal));
    }

    /// <summary>Gateway and sink share the ground floor and the HTTP contract, no domain code.</summary>
    [Fact]
    public void Assembly_References_NoDomainAssembly() =>
        Assert.Equal(
            ["Eventicat.Hosting"],
            Sink.GetReferencedAssemblies()
                .Select(reference => reference.Name!)
                .Where(name => name.StartsWith("Eventicat", StringComparison.Ordinal)));

    [Fact]
    public void GroundFloor_References_NothingOfOurs() =>
        Assert.DoesNotContain(
            typeof(Eventicat.Hosting.Files.FileStamp).Assembly.GetReferencedAssemblies(),
            reference => reference.Name!.StartsWith("Eventicat", StringComparison.Ordinal));

    /// <summary>Each room with all that it knows, in members, bodies and generic arguments; the application knows all.</summary>
    [Theory]
    [InlineData("Ingestion", "Errors", "Identity", "Journal", "Storage")]
    [InlineData("Reading", "Errors", "Identity", "Storage")]
    [InlineData("Journal", "Observability", "Storage")]
    [InlineData("Identity", "Errors", "Storage")]
    [InlineData("Observability", "Identity", "Storage")]
    [InlineData("Storage")]
    [InlineData("Errors")]
    [InlineData("Configuration")]
    [InlineData("Listeners")]
    public void Room_Any_KnowsOnlyTheRoomsListed(string room, params string[] others)
    {
        var known = Uses.Where(use => TypeUse.RoomOf(use.User, Root) == room).Select(use => TypeUse.RoomOf(use.Used, Root)).OfType<string>();
        Assert.Equal(others, known.Where(used => used != room).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rooms_All_AreInTheTable()
    {
        string[] listed = ["", "Configuration", "Errors", "Identity", "Ingestion", "Journal", "Listeners", "Observability", "Reading", "Storage"];
        Assert.Equal(listed, Uses.Select(use => TypeUse.RoomOf(use.User, Root)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
