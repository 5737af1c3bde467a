using Eventicat.Accounts;
using Eventicat.TestSupport.Conventions;

namespace Eventicat.Control.Tests.Conventions;

/// <summary>Which room of control, and of what it stands on, may use which. A room is a folder.</summary>
public sealed class RoomTests
{
    private const string Control = "Eventicat.Control";
    private const string Accounts = "Eventicat.Accounts";

    /// <summary>From the top to the bottom: a room uses only the rooms that its row names, and all of them stand below it.</summary>
    private static readonly (string Room, string[] Uses)[] Tree =
    [
        ("", ["Operations", "Import", "Users", "Tokens", "KeyUse", "Auditing", "AccountStorage", "Storage"]),
        ("Operations", ["Auditing", "AccountStorage"]),
        ("Import", ["Auditing", "AccountStorage"]),
        ("Users", ["Auditing", "Storage"]),
        ("Tokens", ["Auditing", "Storage"]),
        ("KeyUse", ["Storage"]),
        ("Auditing", ["Storage"]),
        ("AccountStorage", []),
        ("Storage", []),
    ];

    [Fact]
    public void Control_RoomsUseWhatTheTableSays()
    {
        var allowed = Tree.SelectMany(row => row.Uses.Select(used => $"{row.Room} -> {used}")).ToHashSet(StringComparer.Ordinal);
        var uses = TypeUses.Of(typeof(ControlExtensions).Assembly)
            .Select(use => (Room: TypeUse.RoomOf(use.User, Control), Used: TypeUse.RoomOf(use.Used, Control), Place: $"{use.User} uses {use.Used}"))
            .Where(use => use.Room is not null && use.Used is not null && use.Room != use.Used)
            .ToLookup(use => $"{use.Room} -> {use.Used}", use => use.Place, StringComparer.Ordinal);

        Assert.Empty(uses.Where(use => !allowed.Contains(use.Key)).SelectMany(use => use));
        Assert.All(allowed, arrow => Assert.True(uses.Contains(arrow), $"{arrow} is used by nobody"));
    }

    [Fact]
    public void Table_HasNoRing()
    {
        var order = Tree.Select(row => row.Room).ToList();

        Assert.Empty(Tree.SelectMany(row => row.Uses.Where(used => order.IndexOf(used) <= order.IndexOf(row.Room)).Select(used => $"{row.Room} -> {used}")));
    }

    /// <summary>The model is below the places where it is stored and cached; only the registration is above them.</summary>
    [Fact]
    public void Accounts_ModelUsesNoRoom_AndStorageDoesNotUseTheCache()
    {
        var uses = TypeUses.Of(typeof(Account).Assembly)
            .Where(use => use.User != typeof(AccountsExtensions).FullName)
            .Select(use => (Room: TypeUse.RoomOf(use.User, Accounts), Used: TypeUse.RoomOf(use.Used, Accounts), Place: $"{use.User} uses {use.Used}"))
            .ToList();

        Assert.Empty(uses.Where(use => use.Room == "" && use.Used is { Length: > 0 }).Select(use => use.Place));
        Assert.Empty(uses.Where(use => use.Room == "Storage" && use.Used == "Caching").Select(use => use.Place));
    }
}
