namespace Eventicat.Cli.Verify;

internal static class DashboardChecks
{
    public static IEnumerable<Check> Of(VerifySettings settings, Probe probe)
    {
        yield return new("dashboard", token => ReadyAsync(settings, probe, token));
    }

    private static async Task<CheckResult> ReadyAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        if (settings.Dashboard is not { } dashboard)
        {
            return CheckResult.Skipped("--dashboard is not given.");
        }

        var answer = await probe.GetAsync(new Uri(dashboard, "health/ready"), cancellationToken);
        return answer.Status != StatusCodes.Status200OK ? CheckResult.Failed($"The dashboard's /health/ready answers {answer.Status}.")
            : dashboard.Scheme == Uri.UriSchemeHttps || dashboard.IsLoopback ? CheckResult.Ok("The dashboard is ready.")
            : CheckResult.Warning("The dashboard is ready; passwords travel to it through plain HTTP.");
    }
}
