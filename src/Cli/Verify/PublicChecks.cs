using System.Security.Cryptography;

namespace Eventicat.Cli.Verify;

/// <summary>What the public listener does with requests that nobody vouches for.</summary>
internal static class PublicChecks
{
    private const string Unauthorized = """{"error":"Invalid API key"}""";
    private const string Challenge = "Bearer realm=\"eventicat\"";

    public static IEnumerable<Check> Of(VerifySettings settings, Probe probe)
    {
        yield return new("https", _ => Task.FromResult(Https(settings)));
        yield return new("server-header", token => ServerHeaderAsync(settings, probe, token));
        yield return new("no-key", token => NoKeyAsync(settings, probe, token));
        yield return new("malformed-key", token => MalformedKeyAsync(settings, probe, token));
        yield return new("trace", token => TraceAsync(settings, probe, token));
        yield return new("duplicate-id", token => DuplicateIdAsync(settings, probe, token));
    }

    private static CheckResult Https(VerifySettings settings) =>
        settings.Gateway.Scheme == Uri.UriSchemeHttps ? CheckResult.Ok("Keys travel through HTTPS.")
        : settings.Gateway.IsLoopback ? CheckResult.Ok("Keys travel through plain HTTP, on this machine only.")
        : CheckResult.Warning("Keys travel through plain HTTP: whoever is in between reads them.");

    private static async Task<CheckResult> ServerHeaderAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        var answer = await probe.GetAsync(settings.Event(), cancellationToken);
        return answer.Header("Server") is null && answer.Header("X-Powered-By") is null
            ? CheckResult.Ok("No answer says what software gives it.")
            : CheckResult.Failed("An answer says in a Server or X-Powered-By header what software gives it.");
    }

    private static async Task<CheckResult> NoKeyAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        var answer = await probe.GetAsync(settings.Event(), cancellationToken);
        return answer.IsUnrouted ? NoRoute()
            : answer.Status != StatusCodes.Status401Unauthorized ? CheckResult.Failed($"A request without a key is answered with {answer.Status}, not 401.")
            : answer.Body != Unauthorized ? CheckResult.Failed("The body of a 401 is not the documented one.")
            : answer.Header("WWW-Authenticate") != Challenge ? CheckResult.Failed("A 401 has not the documented WWW-Authenticate header.")
            : CheckResult.Ok("A request without a key is answered with 401, as documented.");
    }

    private static async Task<CheckResult> MalformedKeyAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        // Looks like a key of ours, fails its checksum, and is nobody's.
        var canary = $"evc_{RandomNumberGenerator.GetHexString(46, lowercase: true)}";
        var answer = await probe.GetAsync(settings.Event($"?_apikey={canary}"), cancellationToken);
        return answer.Repeats(canary) ? CheckResult.Failed("The answer repeats a key that came in the URL.")
            : answer.IsUnrouted ? NoRoute()
            : answer.Status == StatusCodes.Status401Unauthorized ? CheckResult.Ok("A malformed key in the URL is answered with 401 and not repeated.")
            : CheckResult.Failed($"A malformed key in the URL is answered with {answer.Status}, not 401.");
    }

    private static async Task<CheckResult> TraceAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        var answer = await probe.SendAsync(HttpMethod.Trace, settings.Event(), key: null, cancellationToken);
        return answer.Status == StatusCodes.Status405MethodNotAllowed
            ? CheckResult.Ok("TRACE, which would repeat a request's headers, is refused.")
            : CheckResult.Failed($"TRACE is answered with {answer.Status}, not 405.");
    }

    private static async Task<CheckResult> DuplicateIdAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        var answer = await probe.SendAsync(HttpMethod.Get, settings.Event("?_id=a&%5Fid=b"), settings.Key, cancellationToken);
        return answer.Status switch
        {
            _ when answer.IsUnrouted => NoRoute(),
            StatusCodes.Status400BadRequest => CheckResult.Ok("Two aggregators in one request are answered with 400."),
            StatusCodes.Status401Unauthorized when settings.Key is null => CheckResult.Ok("Two aggregators in one request without a key are answered with 401."),
            _ => CheckResult.Failed($"Two aggregators in one request are answered with {answer.Status}."),
        };
    }

    private static CheckResult NoRoute() => CheckResult.Skipped("No route of this gateway takes /api/event.");
}
