using System.Diagnostics;
using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;
using Eventicat.EndToEnd.Tests.Cli;

namespace Eventicat.EndToEnd.Tests.Crash;

/// <summary>Kills an import at times that nobody chose. What it left is whole accounts, and the next import completes it.</summary>
public abstract class ImportCrashContract(IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private const int Accounts = 10_000;
    private const int Kills = 4;

    private readonly CommandLineHost _host = new(environment);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected string Folder => _host.Folder;

    [Fact]
    public async Task Import_KilledSeveralTimes_LeavesWholeAccountsAndCanBeRepeated()
    {
        await File.WriteAllLinesAsync(Path.Combine(Folder, "import.ndjson"), Enumerable.Range(0, Accounts).Select(Line), Token);
        var random = new Random(Kills);
        for (var i = 0; i < Kills; i++)
        {
            using var import = _host.Start("import", "import.ndjson");
            // At any moment of a run: one that ends first is a run without a kill, which is fine as well.
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(150, 900)), TimeProvider.System);
            await EndedAsync(import, moment.Token);
            import.Kill();
            await import.WaitForExitAsync(Token);
            await AssertWholeAsync();
        }

        var last = (await _host.RunAsync("import", "import.ndjson", "--json")).Json;

        Assert.Equal(0, last.GetProperty("failed").GetInt32());
        Assert.Equal(Accounts, last.GetProperty("created").GetInt32() + last.GetProperty("unchanged").GetInt32());
        Assert.Equal(Accounts, await AssertWholeAsync());
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _host.Dispose();

    protected abstract IAccountStore Open();

    private static async Task EndedAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Still running.
        }
    }

    private static string Line(int i) =>
        $$"""{"id":"account-{{i:d5}}","keys":[{"id":"k","sha256":"{{KeyDigest.Of($"key-{i}")}}"}],"aggregators":[{"id":"agg-{{i}}"}]}""";

    /// <summary>Every account that is there has its key and aggregator, and is found by both ways that lead to it.</summary>
    /// <returns>How many there are.</returns>
    private async Task<int> AssertWholeAsync()
    {
        var store = Open();
        var paged = new HashSet<AccountId>();
        for (var page = await store.ListPageAsync(new AccountPageRequest(limit: 1000), Token); ; page = await store.ListPageAsync(new AccountPageRequest(page.Next, 1000), Token))
        {
            Assert.All(page.Accounts, one => Assert.Single(one.Account.Aggregators));
            paged.UnionWith(page.Accounts.Select(one => one.Account.Id));
            var found = await Task.WhenAll(page.Accounts.Select(one => store.FindByKeyAsync(one.Account.Keys[0].Digest, Token).AsTask()));
            Assert.Equal(page.Accounts.Select(one => one.Account.Id), found.Select(one => one!.Account.Id));
            if (page.Next is null)
            {
                break;
            }
        }

        Assert.Equal(paged, await store.ListAsync(Token).Select(one => one.Account.Id).ToHashSetAsync(cancellationToken: Token));
        return paged.Count;
    }
}
