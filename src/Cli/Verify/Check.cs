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
