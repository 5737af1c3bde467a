namespace Eventicat.EndToEnd.Tests.Cli;

public sealed class CommandLineErrorTests : IDisposable
{
    private readonly CommandLineHost _host = new(new Dictionary<string, string>());

    [Theory]
    [InlineData("Required command", "account")]
    [InlineData("unknown", "nonsense")]
    [InlineData("ID must be", "account", "create", "a/b")]
    [InlineData("--permits", "account", "limit", "acme", "--window", "1m")]
    [InlineData("--window", "account", "limit", "acme", "--permits", "1", "--window", "soon")]
    [InlineData("permits must be", "account", "create", "acme", "--permits", "0")]
    [InlineData("--window needs --permits", "account", "create", "acme", "--window", "1m")]
    [InlineData("--expires", "key", "create", "acme", "--expires", "2030-01-01")]
    [InlineData("future", "key", "create", "acme", "--expires", "2020-01-01T00:00:00Z")]
    [InlineData("--scope", "key", "create", "acme", "--scope", "write")]
    [InlineData("exclude each other", "account", "list", "--accounts", "a.json", "--redis", "localhost")]
    [InlineData("--default", "account", "limit", "acme", "--default", "--permits", "1")]
    [InlineData("POLICY", "account", "url-keys", "acme", "sometimes")]
    [InlineData("--prefix", "account", "list", "--prefix", "a/b")]
    [InlineData("no accounts file 'mistyped.json'", "account", "list", "--json", "--accounts", "mistyped.json")]
    [InlineData("no regular file but a directory", "account", "list", "--accounts", ".")]
    [InlineData("no regular file but a device", "account", "list", "--accounts", "/dev/null")]
    [InlineData("no accounts file 'mistyped.json'", "audit", "--accounts", "mistyped.json")]
    [InlineData("no control store 'mistyped.db'", "user", "list", "--control", "mistyped.db")]
    [InlineData("either --operator or --account", "user", "invite", "ada")]
    [InlineData("either --operator or --account", "user", "invite", "ada", "--operator", "--account", "acme")]
    [InlineData("no account 'acme'", "user", "invite", "ada", "--account", "acme")]
    [InlineData("NAME must be", "user", "delete", "a b", "--yes")]
    [InlineData("URL", "user", "invite", "ada", "--operator", "--dashboard", "dashboard.example.com")]
    [InlineData("must not be empty", "token", "create", "")]
    [InlineData("future", "token", "create", "deploy", "--expires", "2020-01-01T00:00:00Z")]
    [InlineData("--limit", "audit", "--limit", "0")]
    [InlineData("has no key", "verify", "--key-stdin")]
    [InlineData("tcsh", "completion", "tcsh")]
    [InlineData("nowhere.ndjson", "import", "nowhere.ndjson")]
    [InlineData("Nobody listens", "account", "list", "--json", "--redis", "127.0.0.1:1,connectTimeout=200")]
    public async Task Command_Wrong_SaysWhyInOneLine(string part, params string[] arguments) =>
        (await _host.RunAsync(arguments)).AssertFailed(part);

    [Theory]
    [InlineData("key", "import", "acme", "KEY")]
    [InlineData("KEY")]
    [InlineData("account", "show", "KEY")]
    [InlineData("import", "KEY")]
    [InlineData("token", "revoke", "KEY", "--yes")]
    [InlineData("key", "report-leak", "KEY")]
    [InlineData("verify", "KEY")]
    public async Task Command_KeyGivenAsArgument_IsNotRepeated(params string[] arguments)
    {
        var key = Eventicat.Accounts.ApiKey.Generate(out _).Reveal();

        var result = await _host.RunAsync([.. arguments.Select(argument => argument == "KEY" ? key : argument)]);

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain(key, result.Error + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_BrokenRedisConnection_DoesNotPrintIt()
    {
        foreach (var connection in new[] { "host,password=hush,nonsense=1", "redis://:hush@host:6379/0", "rediss://:hush@host" })
        {
            var result = await _host.RunAsync("account", "list", "--redis", connection);

            result.AssertFailed("Redis:Connection");
            Assert.DoesNotContain("hush", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{ "accounts": [ { "id": "acme", "disabld": true } ] }""", "accounts[0].disabld")]
    [InlineData("{}", "accounts: is missing")]
    public async Task Command_BrokenAccountsFile_SaysWhereAndLeavesIt(string broken, string expected)
    {
        var path = Path.Combine(_host.Folder, "accounts.json");
        await File.WriteAllTextAsync(path, broken, TestContext.Current.CancellationToken);

        (await _host.RunAsync("account", "list")).AssertFailed(expected);
        (await _host.RunAsync("account", "create", "umbrella")).AssertFailed(expected);

        Assert.Equal(broken, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    /// <summary>What the last account leaves behind is a list.</summary>
    [Fact]
    public async Task Command_DeletesTheLastAccount_LeavesADocumentThatIsNotBroken()
    {
        await _host.RunAsync("account", "create", "acme");
        await _host.RunAsync("account", "delete", "acme", "--yes");

        Assert.Equal(0, (await _host.RunAsync("account", "create", "umbrella")).ExitCode);
    }

    [Fact]
    public async Task Store_AppSettingsInTheWorkingDirectory_AreUsedAndOptionsWin()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_host.Folder, "appsettings.json"), """{ "Accounts": { "File": "configured.json" } }""", TestContext.Current.CancellationToken);

        await _host.RunAsync("account", "create", "acme");
        await _host.RunAsync("account", "create", "acme", "--accounts", "given.json");

        Assert.True(File.Exists(Path.Combine(_host.Folder, "configured.json")));
        Assert.True(File.Exists(Path.Combine(_host.Folder, "given.json")));
    }

    [Fact]
    public async Task Command_Interrupted_Exits130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals");
        using var process = _host.Start("import", "-");
        await process.StandardInput.WriteLineAsync("""{ "id": "bad id" }""");
        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]);

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.DoesNotContain("   at ", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();
}
