using System.Text.RegularExpressions;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Conventions;

namespace Eventicat.Dashboard.Tests.Conventions;

/// <summary>Which room of the dashboard may use which. A room is a folder; Admin and Pages have rooms of their own.</summary>
public sealed partial class RoomTests
{
    private const string Root = "Eventicat.Dashboard";

    private static readonly string[] Resources =
        ["Admin.Accounts", "Admin.Aggregators", "Admin.Auditing", "Admin.Keys", "Admin.Tokens", "Admin.Usage", "Admin.Users"];

    /// <summary>From the top to the bottom: a room uses only the rooms that its row names, and all of them stand below it.</summary>
    private static readonly (string Room, string[] Uses)[] Tree =
    [
        ("", ["Pages", "Admin", "Events", "Sending", "Usage", "Access", "SignIn", "Security", "Health", "Observability", "Errors", "Configuration"]),
        ("Pages", ["Pages.SignIn", "Pages.Shared", "Access", "SignIn"]),
        ("Pages.Operator", ["Pages.Shared", "Usage", "Access"]),
        ("Pages.Owner", ["Pages.Shared", "Events", "Sending", "Usage", "Access", "Configuration"]),
        ("Pages.SignIn", ["SignIn"]),
        ("Pages.Shared", ["Access"]),
        ("Admin", [.. Resources, "Admin.ApiDocument", "Admin.Idempotency", "Admin.Access", "Admin.Requests", "Configuration"]),
        ("Admin.Accounts", ["Admin.ApiDocument", "Admin.Requests"]),
        ("Admin.Aggregators", ["Admin.ApiDocument", "Admin.Requests"]),
        ("Admin.Auditing", ["Admin.ApiDocument", "Admin.Requests"]),
        ("Admin.Keys", ["Admin.ApiDocument", "Admin.Requests"]),
        ("Admin.Tokens", ["Admin.ApiDocument", "Admin.Requests"]),
        ("Admin.Usage", ["Admin.ApiDocument", "Admin.Requests", "Usage"]),
        ("Admin.Users", ["Admin.ApiDocument", "Admin.Requests", "Configuration"]),
        ("Admin.ApiDocument", ["Admin.Idempotency", "Admin.Access", "Admin.Requests", "Errors"]),
        ("Admin.Idempotency", ["Admin.Requests"]),
        ("Admin.Access", ["Admin.Requests", "Errors"]),
        ("Admin.Requests", ["Errors"]),
        ("Events", ["Access", "Configuration"]),
        ("Sending", ["Access", "Configuration"]),
        ("Usage", ["Configuration"]),
        ("Access", ["SignIn"]),
        ("SignIn", []),
        ("Security", []),
        ("Health", []),
        ("Observability", []),
        ("Errors", []),
        ("Configuration", []),
    ];

    private static readonly string Source = Path.Combine(Repository.Root, "src", "Dashboard");

    [Fact]
    public void Rooms_UseWhatTheTableSays()
    {
        var allowed = Tree.SelectMany(row => row.Uses.Select(used => $"{row.Room} -> {used}")).ToHashSet();
        var uses = Uses().ToLookup(use => $"{use.Room} -> {use.Used}", use => use.Place);

        AssertNone(uses.Where(use => !allowed.Contains(use.Key)).Select(use => $"{use.Key}: {string.Join(", ", use.Distinct())}"));
        AssertNone(allowed.Where(arrow => !uses.Contains(arrow)).Select(arrow => $"{arrow} is used by nobody"));
    }

    [Fact]
    public void Table_HasNoRing()
    {
        var order = Tree.Select(row => row.Room).ToList();

        AssertNone(Tree.SelectMany(row => row.Uses
            .Where(used => order.IndexOf(used) <= order.IndexOf(row.Room)).Select(used => $"{row.Room} -> {used} goes up")));
    }

    /// <summary>The compiler copies constants, so that the assembly does not show who uses them; the usings in the sources do.</summary>
    private static IEnumerable<(string Room, string Used, string Place)> Uses() => TypeUses.Of(typeof(DashboardApplication).Assembly)
        .Where(use => IsOurs(use.User) && IsOurs(use.Used))
        .Select(use => (RoomOf(Parent(use.User)), RoomOf(Parent(use.Used)), $"{use.User} uses {use.Used}"))
        .Concat(Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(match => (
                RoomOf($"{Root}.{Path.GetRelativePath(Source, Path.GetDirectoryName(file)!).Replace('/', '.').Trim('.')}"),
                RoomOf($"{Root}.{match.Groups["room"].Value}"),
                Path.GetRelativePath(Source, file)))))
        .Where(use => use.Item1 != use.Item2);

    private static void AssertNone(IEnumerable<string> breaches)
    {
        var all = breaches.Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }

    private static bool IsOurs(string type) => type.StartsWith(Root + ".", StringComparison.Ordinal);

    private static string Parent(string type) => type[..type.LastIndexOf('.')];

    private static string RoomOf(string space)
    {
        var names = space.TrimEnd('.').Split('.').Skip(2).ToArray();
        return string.Join('.', names.Take(names is ["Admin" or "Pages", ..] ? 2 : 1));
    }

    [GeneratedRegex(@"^@?using (static )?Eventicat\.Dashboard\.(?<room>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Using();
}
