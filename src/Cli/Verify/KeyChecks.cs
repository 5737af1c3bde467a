namespace Eventicat.Cli.Verify;

/// <summary>What the gateway does with a real key. None of these requests stores an event.</summary>
internal static class KeyChecks
{
    /// <summary>Others may use the account: permits that come back meanwhile hide those that the probes take.</summary>
    private const int Attempts = 5;

    public static IEnumerable<Check> Of(VerifySettings settings, Probe probe)
    {
        yield return new("rate-limit", token => RateLimitAsync(settings, probe, token));
        yield return new("events-read", token => ReadAsync(settings, probe, token));
        // Last: it is about the answers to all the others.
        yield return new("key-hidden", _ => Task.FromResult(Hidden(settings, probe)));
    }

    private static async Task<CheckResult> RateLimitAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        if (settings.Key is null)
        {
            return NoKey();
        }

        Answer? before = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var answer = await probe.SendAsync(HttpMethod.Get, settings.Event(), settings.Key, cancellationToken);
            if (Judge(before, answer) is { } result)
            {
                return result;
            }

            before = answer;
        }

        return CheckResult.Failed("X-RateLimit-Remaining does not fall with each request.");
    }

    /// <returns><c>null</c>: another one has to tell.</returns>
    private static CheckResult? Judge(Answer? before, Answer answer)
    {
        var (limit, remaining) = (answer.Number("X-RateLimit-Limit"), answer.Number("X-RateLimit-Remaining"));
        return answer switch
        {
            { IsUnrouted: true } => CheckResult.Skipped("No route of this gateway takes /api/event."),
            { Status: StatusCodes.Status401Unauthorized } => CheckResult.Failed("The key is refused: is it revoked, expired, or another deployment's?"),
            { Status: not (StatusCodes.Status404NotFound or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests) } =>
                CheckResult.Failed($"A request with the key and no aggregator is answered with {answer.Status}, not 404."),
            _ when limit is null || remaining is null || answer.Number("X-RateLimit-Reset") is null =>
                CheckResult.Failed("An answer to a valid key has no X-RateLimit headers."),
            _ when remaining > limit => CheckResult.Failed("X-RateLimit-Remaining is above X-RateLimit-Limit."),
            { Status: StatusCodes.Status429TooManyRequests } => answer.Header("Retry-After") is null || remaining != 0
                ? CheckResult.Failed("A 429 has no Retry-After, or permits remaining.")
                : CheckResult.Ok($"The account has used its limit of {limit}, and the answer says when to come back."),
            _ when before is not null && before.Number("X-RateLimit-Remaining") > remaining =>
                CheckResult.Ok($"Each request takes one of the account's {limit} permits."),
            _ => null,
        };
    }

    private static async Task<CheckResult> ReadAsync(VerifySettings settings, Probe probe, CancellationToken cancellationToken)
    {
        if (settings.Key is null)
        {
            return NoKey();
        }

        if (settings.Aggregator is not { } aggregator)
        {
            return CheckResult.Skipped("--aggregator is not given.");
        }

        var url = new Uri(settings.Gateway, $"api/events?_id={aggregator}&limit=1");
        var answer = await probe.SendAsync(HttpMethod.Get, url, settings.Key, cancellationToken);
        return answer.Status switch
        {
            StatusCodes.Status200OK => CheckResult.Ok("Events are read through the gateway: the backend answers."),
            StatusCodes.Status403Forbidden => CheckResult.Skipped("The key may not read."),
            StatusCodes.Status404NotFound => CheckResult.Failed("The key's account has no such aggregator."),
            StatusCodes.Status429TooManyRequests => CheckResult.Skipped("The account has used its limit."),
            var status => CheckResult.Failed($"Reading events is answered with {status}."),
        };
    }

    private static CheckResult Hidden(VerifySettings settings, Probe probe) =>
        settings.Key is null ? NoKey()
        : probe.Leaks > 0 ? CheckResult.Failed($"{probe.Leaks} of {probe.WithKey} answers repeat the key.")
        : probe.WithKey == 0 ? CheckResult.Skipped("No request with the key was answered.")
        : CheckResult.Ok($"None of {probe.WithKey} answers repeats the key.");

    private static CheckResult NoKey() => CheckResult.Skipped("No key is given: --key-stdin reads one.");
}
