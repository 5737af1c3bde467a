namespace Eventicat.Cli.Verify;

/// <summary>What a check has found, in a sentence without a key in it.</summary>
internal sealed record CheckResult(CheckOutcome Outcome, string Detail)
{
    public static CheckResult Ok(string detail) => new(CheckOutcome.Ok, detail);

    public static CheckResult Warning(string detail) => new(CheckOutcome.Warning, detail);

    public static CheckResult Failed(string detail) => new(CheckOutcome.Failed, detail);

    public static CheckResult Skipped(string detail) => new(CheckOutcome.Skipped, detail);
}
