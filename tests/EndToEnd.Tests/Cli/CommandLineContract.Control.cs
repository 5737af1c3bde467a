using System.Text.Json;

namespace Eventicat.EndToEnd.Tests.Cli;

/// <summary>Users, operator tokens and the audit log, which are in a store of their own.</summary>
public abstract partial class CommandLineContract
{
    [Fact]
    public async Task User_WholeLife_ShowsInJson()
    {
        await _host.RunAsync("account", "create", "acme");
        var ada = (await _host.RunAsync("user", "invite", "Ada", "--operator", "--json")).Json;
        Assert.Equal(("ada", "operator"), (ada.GetProperty("id").GetString(), ada.GetProperty("role").GetString()));
        var bob = await _host.RunAsync("user", "invite", "bob@example.com", "--account", "acme", "--dashboard", "https://example.com/dash");
        Assert.Matches(@"^https://example\.com/dash/welcome\?user=bob%40example\.com&code=[0-9A-Za-z]{32}\n$", bob.Output);
        Assert.Contains("only this once", bob.Error, StringComparison.Ordinal);

        var listed = (await _host.RunAsync("user", "list", "--json")).Json.EnumerateArray().ToList();
        Assert.Equal(["ada", "bob@example.com"], listed.Select(user => user.GetProperty("id").GetString()));
        Assert.Equal("acme", listed[1].GetProperty("account").GetString());

        (await _host.RunAsync("user", "delete", "ada")).AssertFailed("--yes");
        Assert.Equal("ada", (await _host.RunAsync("user", "delete", "ada", "--yes", "--json")).Json.GetProperty("id").GetString());
        (await _host.RunAsync("user", "delete", "ada", "--yes")).AssertFailed("no user 'ada'");
        Assert.Equal(1, (await _host.RunAsync("user", "list", "--json")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Token_WholeLife_ShowsInJson()
    {
        var created = (await _host.RunAsync("token", "create", "deploy", "--expires", "90d", "--json")).Json;
        var (id, token) = (created.GetProperty("id").GetString()!, created.GetProperty("token").GetString()!);
        Assert.Matches("^evo_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}$", token);
        Assert.Matches("^evo_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}\n$", (await _host.RunAsync("token", "create", "other")).Output);

        var listed = await _host.RunAsync("token", "list", "--json");
        Assert.Equal(2, listed.Json.GetArrayLength());
        Assert.DoesNotContain(token, listed.Output, StringComparison.Ordinal);

        (await _host.RunAsync("token", "revoke", id)).AssertFailed("--yes");
        await _host.RunAsync("token", "revoke", id, "--yes");
        (await _host.RunAsync("token", "revoke", id, "--yes")).AssertFailed("no token");
        Assert.Equal("other", Assert.Single((await _host.RunAsync("token", "list", "--json")).Json.EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Audit_WhatWasDone_IsToldNewestFirstAndWithoutKeys()
    {
        await _host.RunAsync("account", "create", "acme");
        await _host.RunAsync("account", "create", "umbrella");
        var key = (await _host.RunAsync("key", "create", "acme", "--json")).Json.GetProperty("key").GetString()!;
        await _host.RunAsync("token", "create", "deploy");

        var all = await _host.RunAsync("audit", "--json");

        Assert.Equal(["token.create", "key.create", "account.create", "account.create"], Actions(all.Json));
        Assert.All(all.Json.EnumerateArray(), entry => Assert.StartsWith("cli:", entry.GetProperty("actor").GetString(), StringComparison.Ordinal));
        Assert.DoesNotContain(key.Split('_')[2], all.Output, StringComparison.Ordinal);
        Assert.Equal(["key.create", "account.create"], Actions((await _host.RunAsync("audit", "--account", "acme", "--json")).Json));
        Assert.Equal(["token.create"], Actions((await _host.RunAsync("audit", "--limit", "1", "--json")).Json));
    }

    private static IEnumerable<string?> Actions(JsonElement entries) =>
        entries.EnumerateArray().Select(entry => entry.GetProperty("action").GetString());
}
