using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.File;
using Eventicat.Control.AccountStorage.File;
using Eventicat.EndToEnd.Tests.Cli;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eventicat.EndToEnd.Tests.Crash;

/// <summary>
/// Kills the command line at every step of replacing the accounts file. Whatever it was doing, the file is the old or
/// the new one, and the next writer is neither blocked nor finds anything in its way.
/// </summary>
public sealed class FileCrashTests
{
    private const string Old = """
        { "accounts": [ { "id": "acme",
            "keys": [ { "id": "k1", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" } ],
            "aggregators": [ { "id": "agg_1" } ] } ] }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each command, and what shows that it was done.</summary>
    private static Dictionary<string, (string[] Arguments, Func<Account?, Account?, bool> IsDone)> Commands => new(StringComparer.Ordinal)
    {
        ["create"] = (["account", "create", "other"], (_, other) => other is not null),
        ["limit"] = (["account", "limit", "acme", "--permits", "5", "--window", "1m"], (acme, _) => acme!.Limit?.Permits == 5),
        ["key create"] = (["key", "create", "acme"], (acme, _) => acme!.Keys.Count == 2),
        ["key regenerate"] = (["key", "regenerate", "acme", "k1"], (acme, _) => acme!.Keys is [{ Revoked: not null }, { Revoked: null }]),
        ["aggregator create"] = (["aggregator", "create", "acme", "--id", "agg_2"], (acme, _) => acme!.Aggregators.Count == 2),
        ["aggregator delete"] = (["aggregator", "delete", "acme", "agg_1", "--yes"], (acme, _) => acme!.Aggregators.Count == 0),
        ["delete"] = (["account", "delete", "acme", "--yes"], (acme, _) => acme is null),
        ["import"] = (["import", "import.ndjson"], (_, other) => other is not null),
    };

    public static TheoryData<string> Names => new(Commands.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Command_KilledAtAnyStep_LeavesTheOldOrTheNewFile(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace");
        var (arguments, isDone) = Commands[name];

        await Task.WhenAll(KillPoint.All.Select(point => RunAsync(point, arguments, isDone)));
    }

    [Fact]
    public async Task Command_KilledAgainAndAgain_LeavesOneFileAside()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace");
        using var host = await StartAsync();
        var beforeTheRename = KillPoint.All.Single(point => point.SystemCall == "rename");
        for (var i = 0; i < 3; i++)
        {
            await beforeTheRename.RunAsync(host.Describe("account", "create", "other"));
        }

        Assert.Equal([".accounts.json.new", "accounts.json", "accounts.json.lock", "import.ndjson"], Files(host));

        Assert.Equal(0, (await host.RunAsync("account", "create", "other")).ExitCode);
        Assert.Equal(["accounts.json", "accounts.json.lock", "import.ndjson"], Files(host));
    }

    private static async Task RunAsync(KillPoint point, string[] arguments, Func<Account?, Account?, bool> isDone)
    {
        using var host = await StartAsync();
        await point.RunAsync(host.Describe(arguments));

        using var reader = Open(host);
        Assert.Equal(StoreHealth.Healthy, reader.Health);
        var (acme, other) = (await FindAsync(reader, "acme"), await FindAsync(reader, "other"));
        Assert.True(isDone(acme, other) == point.IsDone, $"{point}");

        // Well within the time that a writer waits for another one's lock.
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token);
        impatient.CancelAfter(TimeSpan.FromSeconds(5));
        await new FileAccountStore(reader, TimeProvider.System).ChangeAsync(AccountId.Parse("later"), _ => new Account { Id = AccountId.Parse("later") }, impatient.Token);
        Assert.Equal(["accounts.json", "accounts.json.lock", "import.ndjson"], Files(host));
        if (!point.IsDone)
        {
            Assert.Equal(0, (await host.RunAsync(arguments)).ExitCode);
            using var again = Open(host);
            Assert.True(isDone(await FindAsync(again, "acme"), await FindAsync(again, "other")));
            Assert.NotNull(await FindAsync(again, "later"));
        }
    }

    private static async Task<CommandLineHost> StartAsync()
    {
        // The audit log is elsewhere: what is beside the accounts file is what is looked at.
        var host = new CommandLineHost(new Dictionary<string, string> { ["Control__Path"] = Path.Combine("control", "control.db") });
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "accounts.json"), Old, Token);
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "import.ndjson"), """{ "id": "other" }""", Token);
        return host;
    }

    private static FileAccountReader Open(CommandLineHost host) =>
        new(Path.Combine(host.Folder, "accounts.json"), TimeProvider.System, NullLogger<FileAccountReader>.Instance);

    private static async Task<Account?> FindAsync(FileAccountReader store, string id) =>
        (await store.FindAsync(AccountId.Parse(id), Token))?.Account;

    private static IEnumerable<string> Files(CommandLineHost host) =>
        Directory.GetFiles(host.Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
