namespace Eventicat.Cli.Verify;

/// <param name="Id">Stable, for scripts.</param>
/// <param name="Run">Asks and judges. May throw what sending requests throws.</param>
internal sealed record Check(string Id, Func<CancellationToken, Task<CheckResult>> Run)
{
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Run(cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            return CheckResult.Failed($"It cannot be asked: {Output.OneLine.Of(exception.Message)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Failed("It does not answer in time.");
        }
    }
}

/// <summary>What a check has found, in a sentence without a key in it.</summary>
internal sealed record CheckResult(CheckOutcome Outcome, string Detail)
{
    public static CheckResult Ok(string detail) => new(CheckOutcome.Ok, detail);

    public static CheckResult Warning(string detail) => new(CheckOutcome.Warning, detail);

    public static CheckResult Failed(string detail) => new(CheckOutcome.Failed, detail);

    public static CheckResult Skipped(string detail) => new(CheckOutcome.Skipped, detail);
}

internal enum CheckOutcome
{
    Ok,

    /// <summary>Works, and deserves a look.</summary>
    Warning,

    Failed,

    /// <summary>Something that it needs was not given.</summary>
    Skipped,
}
