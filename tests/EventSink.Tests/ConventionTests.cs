using System.Reflection;
using System.Runtime.CompilerServices;
using Eventicat.EventSink.Storage.Sqlite;

namespace Eventicat.EventSink.Tests;

public sealed class ConventionTests
{
    private static readonly Type[] Types =
        [.. typeof(EventSinkApplication).Assembly.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Namespace?.StartsWith("Eventicat", StringComparison.Ordinal) == true)];

    [Fact]
    public void Types_ExceptTheEntry_AreNotPublic() =>
        Assert.Equal([typeof(EventSinkApplication)], Types.Where(type => type.IsPublic));

    [Fact]
    public void Classes_All_AreSealed() =>
        Assert.DoesNotContain(Types, type => type is { IsClass: true, IsSealed: false });

    [Fact]
    public void Rooms_ExceptSqlite_DoNotKnowTheEngine()
    {
        var engine = typeof(SqliteEventStore).Namespace;
        var others = Types.Where(type => !string.Equals(type.Namespace, engine, StringComparison.Ordinal));
        Assert.DoesNotContain(others.SelectMany(MemberTypes), type => type.Namespace == engine || type.Namespace == "Microsoft.Data.Sqlite");
    }

    [Fact]
    public void Assembly_References_NothingOfOursButTheGroundFloor() =>
        Assert.Equal(
            ["Eventicat.Hosting"],
            typeof(EventSinkApplication).Assembly.GetReferencedAssemblies()
                .Select(reference => reference.Name!)
                .Where(name => name.StartsWith("Eventicat", StringComparison.Ordinal)));

    [Fact]
    public void GroundFloor_References_NothingOfOurs() =>
        Assert.DoesNotContain(
            typeof(Eventicat.Hosting.Files.FileStamp).Assembly.GetReferencedAssemblies(),
            reference => reference.Name!.StartsWith("Eventicat", StringComparison.Ordinal));

    [Theory]
    [InlineData("Ingestion", "Errors", "Identity", "Journal", "Storage")]
    [InlineData("Reading", "Errors", "Identity", "Storage")]
    [InlineData("Journal", "Observability", "Storage")]
    [InlineData("Identity", "Errors", "Storage")]
    [InlineData("Observability", "Identity")]
    [InlineData("Storage")]
    [InlineData("Errors")]
    public void Room_Any_KnowsOnlyTheRoomsListed(string room, params string[] others)
    {
        string[] allowed = [room, .. others];
        var known = Types.Where(type => RoomOf(type) == room).SelectMany(MemberTypes).Select(RoomOf).OfType<string>();
        Assert.Empty(known.Except(allowed, StringComparer.Ordinal));
    }

    private static string? RoomOf(Type type) =>
        type.Namespace?.Split('.') is ["Eventicat", "EventSink", var room, ..] ? room : null;

    private static IEnumerable<Type> MemberTypes(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return [
            .. type.GetFields(All).Select(field => field.FieldType),
            .. type.GetConstructors(All).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType),
            .. type.GetMethods(All).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
        ];
    }
}
