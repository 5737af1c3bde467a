using System.Text.Json;

namespace Eventicat.EndToEnd.Tests.Cli;

/// <summary>What every command gives, over either store. The store is chosen by environment variables, as for the services.</summary>
public abstract partial class CommandLineContract(IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private readonly CommandLineHost _host = new(environment);

    [Fact]
    public async Task Account_WholeLife_ShowsInJson()
    {
        var created = (await _host.RunAsync("account", "create", "acme", "--name", "Acmé", "--permits", "5", "--window", "10s", "--json")).Json;
        Assert.Equal("acme", created.GetProperty("id").GetString());
        Assert.Equal("Acmé", created.GetProperty("name").GetString());
        Assert.Equal("00:00:10", created.GetProperty("limit").GetProperty("window").GetString());

        (await _host.RunAsync("account", "create", "acme")).AssertFailed("exists");
        await _host.RunAsync("account", "limit", "acme", "--permits", "7", "--window", "00:01:00");
        await _host.RunAsync("account", "disable", "acme");

        var listed = Assert.Single((await _host.RunAsync("account", "list", "--json")).Json.EnumerateArray());
        Assert.Equal("acme", listed.GetProperty("id").GetString());
        Assert.Equal(7, listed.GetProperty("limit").GetProperty("permits").GetInt32());
        Assert.True(listed.GetProperty("disabled").GetBoolean());
        Assert.False((await _host.RunAsync("account", "enable", "acme", "--json")).Json.GetProperty("disabled").GetBoolean());
        Assert.Equal("Umbrella", (await _host.RunAsync("account", "rename", "acme", "Umbrella", "--json")).Json.GetProperty("name").GetString());
        Assert.Equal("refuse", (await _host.RunAsync("account", "url-keys", "acme", "refuse", "--json")).Json.GetProperty("urlKeys").GetString());
        var standard = (await _host.RunAsync("account", "limit", "acme", "--default", "--json")).Json;
        Assert.Equal((JsonValueKind.Null, "refuse"), (standard.GetProperty("limit").ValueKind, standard.GetProperty("urlKeys").GetString()));

        (await _host.RunAsync("account", "delete", "acme")).AssertFailed("--yes");
        Assert.Equal("acme", (await _host.RunAsync("account", "delete", "acme", "--yes", "--json")).Json.GetProperty("id").GetString());
        Assert.Empty((await _host.RunAsync("account", "list", "--json")).Json.EnumerateArray());
        (await _host.RunAsync("account", "show", "acme")).AssertFailed("no account 'acme'");
    }

    [Fact]
    public async Task Key_WholeLife_ShowsInJson()
    {
        await _host.RunAsync("account", "create", "acme");
        var created = (await _host.RunAsync("key", "create", "acme", "--name", "prod", "--scope", "ingest", "--expires", "90d", "--json")).Json;
        Assert.Equal(["id", "account", "key"], created.EnumerateObject().Select(member => member.Name));
        var (id, key) = (created.GetProperty("id").GetString()!, created.GetProperty("key").GetString()!);
        Assert.Matches("^evc_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$", key);

        var replacement = (await _host.RunAsync("key", "regenerate", "acme", id, "--grace", "1h", "--json")).Json;
        Assert.NotEqual(key, replacement.GetProperty("key").GetString());
        var listed = await _host.RunAsync("key", "list", "acme", "--json");
        Assert.Equal(
            [id, replacement.GetProperty("id").GetString()],
            listed.Json.EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.DoesNotContain(key, listed.Output, StringComparison.Ordinal);
        Assert.All(listed.Json.EnumerateArray(), one => Assert.Equal(JsonValueKind.Null, one.GetProperty("lastUsed").ValueKind));

        var revoked = (await _host.RunAsync("key", "revoke", "acme", id, "--json")).Json;
        Assert.Equal(JsonValueKind.String, revoked.GetProperty("revoked").ValueKind);
        (await _host.RunAsync("key", "regenerate", "acme", id)).AssertFailed("revoked");
        (await _host.RunAsync("key", "revoke", "acme", "nobody")).AssertFailed("no key 'nobody'");
    }

    [Fact]
    public async Task KeyCreate_ForPeople_GivesTheKeyAloneOnStandardOutput()
    {
        await _host.RunAsync("account", "create", "acme");

        var created = await _host.RunAsync("key", "create", "acme");

        Assert.Matches("^evc_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}\n$", created.Output);
        Assert.Contains("only this once", created.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyImport_FromStandardInput_IsTakenOnce()
    {
        await _host.RunAsync("account", "create", "acme");

        var imported = (await _host.RunWithInputAsync("old-key-123-0123456789\n", "key", "import", "acme", "--id", "legacy", "--json")).Json;

        Assert.Equal("legacy", imported.GetProperty("id").GetString());
        (await _host.RunWithInputAsync("old-key-123-0123456789\n", "key", "import", "acme")).AssertFailed("has this key already");
        (await _host.RunWithInputAsync("too-short-a-key\n", "key", "import", "acme")).AssertFailed("16 to 256 characters");
        (await _host.RunWithInputAsync("not a key\n", "key", "import", "acme")).AssertFailed("Not a key");
        var asArgument = await _host.RunAsync("key", "import", "acme", "old-key-456-0123456789");
        Assert.Equal(1, asArgument.ExitCode);
        Assert.Single((await _host.RunAsync("key", "list", "acme", "--json")).Json.EnumerateArray());
    }

    [Fact]
    public async Task Aggregator_WholeLife_ShowsInJson()
    {
        await _host.RunAsync("account", "create", "acme");
        var created = (await _host.RunAsync("aggregator", "create", "acme", "--json")).Json;
        Assert.StartsWith("agg_", created.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("acme", created.GetProperty("account").GetString());
        await _host.RunAsync("aggregator", "create", "acme", "--id", "mine", "--name", "[red]Sign-ups");

        var listed = (await _host.RunAsync("aggregator", "list", "acme", "--json")).Json.EnumerateArray().ToList();
        Assert.Equal(2, listed.Count);
        Assert.Contains("[red]Sign-ups", (await _host.RunAsync("aggregator", "list", "acme")).Output, StringComparison.Ordinal);
        (await _host.RunAsync("aggregator", "create", "acme", "--id", "mine")).AssertFailed("exists");
        Assert.Equal("Yours", (await _host.RunAsync("aggregator", "rename", "acme", "mine", "Yours", "--json")).Json.GetProperty("name").GetString());

        (await _host.RunAsync("aggregator", "delete", "acme", "mine")).AssertFailed("--yes");
        Assert.Equal("mine", (await _host.RunAsync("aggregator", "delete", "acme", "mine", "--yes", "--json")).Json.GetProperty("id").GetString());
        Assert.Single((await _host.RunAsync("aggregator", "list", "acme", "--json")).Json.EnumerateArray());
    }

    [Fact]
    public async Task Import_FromAFileAndFromStandardInput_ReportsWhatItDid()
    {
        const string Lines = """
            { "id": "acme", "keys": [ { "id": "k1", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" } ] }
            { "id": "umbrella" }
            """;
        await File.WriteAllTextAsync(Path.Combine(_host.Folder, "accounts.ndjson"), Lines, TestContext.Current.CancellationToken);

        var first = (await _host.RunAsync("import", "accounts.ndjson", "--json")).Json;
        Assert.Equal((2, 0), (first.GetProperty("created").GetInt32(), first.GetProperty("failed").GetInt32()));

        var second = await _host.RunWithInputAsync(Lines + "\n{ \"id\": \"bad\", \"disabld\": true }\n", "import", "-", "--json");
        Assert.Equal(1, second.ExitCode);
        Assert.Equal("line 3: disabld: unknown member\n", second.Error);
        Assert.Equal(2, JsonElement.Parse(second.Output).GetProperty("unchanged").GetInt32());
        Assert.Equal(["acme", "umbrella"], await ListIdsAsync());
        Assert.Equal(["umbrella"], await ListIdsAsync("--prefix", "um"));
    }

    [Fact]
    public async Task AccountList_MoreThanAPage_IsOneArrayInOrder()
    {
        var ids = Enumerable.Range(0, 1001).Select(i => $"c{i:0000}").ToList();
        var lines = string.Concat(Enumerable.Reverse(ids).Select(id => $"{{\"id\":\"{id}\"}}\n"));
        await _host.RunWithInputAsync(lines, "import", "-");

        Assert.Equal(ids, await ListIdsAsync());
    }

    [Fact]
    public async Task ReportLeak_FoundKey_EndsItWhosoeverItIs()
    {
        await _host.RunAsync("account", "create", "acme");
        var key = (await _host.RunAsync("key", "create", "acme", "--json")).Json;

        var leaked = (await _host.RunWithInputAsync($"{key.GetProperty("key")}\n", "key", "report-leak", "--json")).Json;

        Assert.Equal(("acme", $"{key.GetProperty("id")}"), (leaked.GetProperty("account").GetString(), leaked.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.String, leaked.GetProperty("revoked").ValueKind);
        (await _host.RunWithInputAsync("unknown-key\n", "key", "report-leak")).AssertFailed("No account has this key");
    }

    [Fact]
    public async Task Writers_SeveralProcesses_LoseNothing()
    {
        await _host.RunAsync("account", "create", "acme");

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => _host.RunAsync("aggregator", "create", "acme", "--id", $"a{i}")));

        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        Assert.Equal(4, (await _host.RunAsync("aggregator", "list", "acme", "--json")).Json.GetArrayLength());
    }

    private async Task<IEnumerable<string?>> ListIdsAsync(params string[] options) =>
        (await _host.RunAsync(["account", "list", "--json", .. options])).Json.EnumerateArray().Select(one => one.GetProperty("id").GetString());

    public void Dispose()
    {
        _host.Dispose();
        GC.SuppressFinalize(this);
    }
}
