using System.Text.Json;
using Eventicat.Control.Auditing;

namespace Eventicat.EndToEnd.Tests.Cli;

/// <summary>A command may be killed at any moment: what is there afterwards is whole, and told in the audit log.</summary>
public sealed class KilledCommandTests : IDisposable
{
    private const int Rounds = 24;

    /// <summary>Around the time that a command takes: some are killed before their change, some in it, some after.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(450);

    private readonly CommandLineHost _host = new(new Dictionary<string, string>());

    [Fact]
    public async Task Kill_AtAnyMoment_LeavesNoChangeWithoutItsEntry()
    {
        await _host.RunAsync("account", "create", "acme");

        for (var round = 0; round < Rounds; round += 2)
        {
            await Task.WhenAll(
                KillAsync(round, "token", "create", $"t{round}"),
                KillAsync(round + 1, "account", "rename", "acme", $"n{round + 1}"));
        }

        var entries = (await _host.RunAsync("audit", "--limit", "1000", "--json")).Json.EnumerateArray().ToList();
        var tokens = (await _host.RunAsync("token", "list", "--json")).Json.EnumerateArray().Select(token => Text(token, "id")).ToList();
        var name = Text((await _host.RunAsync("account", "show", "acme", "--json")).Json, "name");
        Assert.Subset(Subjects(entries, AuditAction.TokenCreate), tokens.ToHashSet(StringComparer.Ordinal));
        Assert.True(name.Length == 0 || entries.Any(entry => Text(entry, "detail").Contains($"to '{name}'", StringComparison.Ordinal)), name);

        // And it all goes on.
        await _host.RunAsync("token", "create", "after");
        await _host.RunAsync("account", "rename", "acme", "after");
        Assert.Equal(tokens.Count + 1, (await _host.RunAsync("token", "list", "--json")).Json.GetArrayLength());
        Assert.Equal("after", Text((await _host.RunAsync("account", "show", "acme", "--json")).Json, "name"));
    }

    public void Dispose() => _host.Dispose();

    private async Task KillAsync(int round, params string[] arguments)
    {
        using var process = _host.Start(arguments);
        process.StandardInput.Close();
        using var moment = new CancellationTokenSource(Longest * (round + 1) / Rounds, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(moment.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static HashSet<string> Subjects(IEnumerable<JsonElement> entries, string action) =>
        [.. entries.Where(entry => Text(entry, "action") == action).Select(entry => Text(entry, "subject"))];

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
