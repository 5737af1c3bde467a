using System.CommandLine;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;
using Eventicat.Cli.Keys;

namespace Eventicat.Cli.Verify;

/// <summary><c>eventicat verify</c></summary>
internal static class VerifyCommand
{
    private static readonly Option<Uri?> Gateway =
        UrlOptions.Url("--gateway", "Where clients reach the gateway. Default: http://127.0.0.1:8080.");

    private static readonly Option<Uri?> Management =
        UrlOptions.Url("--management", "Its management listener. Default: http://127.0.0.1:8081 where --gateway is not given either.");

    private static readonly Option<Uri?> Dashboard = UrlOptions.Url("--dashboard", "The dashboard.");

    private static readonly Option<bool> KeyStdin =
        new("--key-stdin") { Description = "Reads a key from standard input and checks with it; costs a few permits, stores nothing." };

    private static readonly Option<AggregatorId?> Aggregator =
        Arguments.AggregatorOption("One of the key's account: its newest event is read through the gateway.");

    public static Command Create() => new CliCommand(
        "verify", "Checks a running gateway and its configuration. Fails if any check does.",
        "eventicat verify",
        "eventicat verify --gateway https://events.example.com --management http://10.0.0.5:8081 --json",
        "eventicat verify --key-stdin --aggregator signups < key.txt")
    {
        Gateway, Management, Dashboard, KeyStdin, Aggregator,
    }.Runs(RunAsync, StoreNeed.Accounts);

    private static async Task RunAsync(Session session, CancellationToken cancellationToken)
    {
        var settings = await ReadAsync(session, cancellationToken);
        using var probe = new Probe();
        IEnumerable<Check> checks =
        [
            .. ManagementChecks.Of(settings, probe),
            .. PublicChecks.Of(settings, probe),
            .. KeyChecks.Of(settings, probe),
            .. DashboardChecks.Of(settings, probe),
            .. StoreChecks.Of(session),
        ];
        var results = new List<(Check Check, CheckResult Result)>();
        foreach (var check in checks)
        {
            results.Add((check, await check.RunAsync(cancellationToken)));
        }

        session.Failed = results.Any(one => one.Result.Outcome == CheckOutcome.Failed);
        await session.Writer.WriteListAsync(results.ToAsyncEnumerable(), VerifyOutput.ToJson, VerifyOutput.Columns, VerifyOutput.ToRow);
    }

    private static async Task<VerifySettings> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        var gateway = session.Get(Gateway);
        var management = session.Get(Management) ?? (gateway is null ? new Uri("http://127.0.0.1:8081/") : null);
        ApiKey? key = null;
        if (session.Get(KeyStdin) && !ApiKey.TryParse(await SecretInput.ReadAsync(cancellationToken), out key))
        {
            throw new CommandException("Standard input has no key.");
        }

        return new VerifySettings(
            gateway ?? new Uri("http://127.0.0.1:8080/"), management, session.Get(Dashboard), key, session.Get(Aggregator));
    }
}

/// <summary>What is there to be checked; <c>null</c>: nothing of this kind.</summary>
internal sealed record VerifySettings(Uri Gateway, Uri? Management, Uri? Dashboard, ApiKey? Key, AggregatorId? Aggregator)
{
    /// <summary>Where a client's requests go; nothing is stored without an aggregator.</summary>
    public Uri Event(string query = "") => new(Gateway, $"api/event{query}");
}
