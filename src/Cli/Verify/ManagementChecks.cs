using System.Text.Json;

namespace Eventicat.Cli.Verify;

/// <summary>The management listener: there for operators, and for nobody else.</summary>
internal static class ManagementChecks
{
    private static readonly string[] Private = ["health/live", "health/ready", "metrics", "usage/x"];

    public static IEnumerable<Check> Of(VerifySettings settings, Probe probe)
    {
        yield return new("management-live", token => LiveAsync(settings, probe, token));
        yield return new("management-ready", token => ReadyAsync(settings, probe, token));
        yield return new("management-private", token => PrivateAsync(settings, probe, token));
    }

    private static async Task<CheckResult> LiveAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        if (settings.Management is not { } management)
        {
            return NotGiven();
        }

        var answer = await probe.GetAsync(new Uri(management, "health/live"), cancellationToken);
        return answer.Status == StatusCodes.Status200OK
            ? CheckResult.Ok("The gateway's process is alive.")
            : CheckResult.Failed($"/health/live answers {answer.Status}.");
    }

    private static async Task<CheckResult> ReadyAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        if (settings.Management is not { } management)
        {
            return NotGiven();
        }

        var answer = await probe.GetAsync(new Uri(management, "health/ready"), cancellationToken);
        return (answer.Status, StatusOf(answer.Body)) switch
        {
            (StatusCodes.Status200OK, "ready") => CheckResult.Ok("The gateway is ready."),
            (StatusCodes.Status200OK, "degraded") => CheckResult.Warning("The gateway serves, degraded: /health/ready says what is wrong."),
            (_, { } status) => CheckResult.Failed($"The gateway is {status}: /health/ready says what is wrong."),
            _ => CheckResult.Failed($"/health/ready answers {answer.Status} without a status."),
        };
    }

    private static async Task<CheckResult> PrivateAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        foreach (var path in Private)
        {
            var answer = await probe.GetAsync(new Uri(settings.Gateway, path), cancellationToken);
            if (answer.Status is >= 200 and < 300)
            {
                return CheckResult.Failed($"The public listener answers /{path} with {answer.Status}: clients see what is for operators.");
            }
        }

        return CheckResult.Ok("The public listener answers no management path.");
    }

    private static CheckResult NotGiven() => CheckResult.Skipped("--management is not given.");

    private static string? StatusOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String
                ? status.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
