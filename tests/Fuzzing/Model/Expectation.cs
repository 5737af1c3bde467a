namespace Eventicat.Fuzzing.Model;

/// <summary>What the gateway's contract says of one request.</summary>
/// <param name="Refusals">Statuses of all the reasons for which it must be refused; none: it must be forwarded, if <paramref name="Excuses"/> is empty.</param>
/// <param name="Excuses">Statuses with which it may be refused.</param>
/// <param name="Forwarded">What the backend gets, if it gets it at all.</param>
internal sealed record Expectation(IReadOnlySet<int> Refusals, IReadOnlySet<int> Excuses, ExpectedRequest Forwarded)
{
    public bool MustBeRefused => Refusals.Count > 0;

    public bool MustBeForwarded => Refusals.Count == 0 && Excuses.Count == 0;

    public bool Allows(int status) => Refusals.Contains(status) || Excuses.Contains(status);
}

/// <summary>A request as the backend must see it, but for how its body is framed.</summary>
/// <param name="Line">Method, target and version.</param>
/// <param name="Fields">By name in lower case: every value that must be there, in order.</param>
/// <param name="Optional">Names in lower case about which the contract says nothing; they may be there or not.</param>
/// <param name="Body">Decoded.</param>
internal sealed record ExpectedRequest(string Line, IReadOnlyDictionary<string, string> Fields, IReadOnlySet<string> Optional, string Body);
