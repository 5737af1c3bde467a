using System.Diagnostics;

namespace Eventicat.EndToEnd.Tests.Cli;

public sealed class CompletionTests : IDisposable
{
    /// <summary>Sets what bash sets when somebody presses Tab, and shows what the script would offer.</summary>
    private const string Press = """
        eventicat() { dotnet "$EVENTICAT_DLL" "$@"; }
        source <(eventicat completion bash) && complete -p eventicat >/dev/null || exit 1
        read -ra COMP_WORDS <<<"$1"
        [[ $1 == *' ' ]] && COMP_WORDS+=("")
        COMP_LINE=$1 COMP_POINT=${#1} COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _eventicat
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    private readonly CommandLineHost _host = new(new Dictionary<string, string>());

    [Theory]
    [InlineData("eventicat acc", "account")]
    [InlineData("eventicat account url-keys acme r", "refuse")]
    [InlineData("eventicat key create acme --sc", "--scope")]
    [InlineData("eventicat account show a", "acme,apex")]
    [InlineData("eventicat aggregator delete acme s", "signups")]
    [InlineData("eventicat account show nobody --accounts nowhere.json z", "")]
    public async Task Bash_Tab_OffersWhatFits(string line, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash");
        await _host.RunWithInputAsync("""
            { "id": "acme", "aggregators": [ { "id": "signups" }, { "id": "other" } ] }
            { "id": "apex" }
            { "id": "umbrella" }
            """, "import", "-");

        Assert.Equal(expected, string.Join(',', (await PressTabAsync(line)).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_Shell_IsAScriptThatAsksTheCommand(string shell)
    {
        var script = await _host.RunAsync("completion", shell);

        Assert.Equal((0, ""), (script.ExitCode, script.Error));
        Assert.Contains("[suggest:", script.Output, StringComparison.Ordinal);
        Assert.Equal(shell, (await _host.RunAsync("completion", shell, "--json")).Json.GetProperty("shell").GetString());
    }

    public void Dispose() => _host.Dispose();

    private async Task<string> PressTabAsync(string line)
    {
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-c", Press, "bash", line])
        {
            WorkingDirectory = _host.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["EVENTICAT_DLL"] = Path.Combine(AppContext.BaseDirectory, "eventicat.dll");
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, bash.ExitCode);
        return output;
    }
}
