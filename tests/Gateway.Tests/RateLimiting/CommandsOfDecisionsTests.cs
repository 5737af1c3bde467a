using System.Text.RegularExpressions;
using Eventicat.Gateway.RateLimiting;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>What is asked for and what is done are the same commands.</summary>
public sealed partial class CommandsOfDecisionsTests
{
    [Fact]
    public void Commands_ThatAreCheckedForPermission_AreThoseOfTheScript()
    {
        var done = Call().Matches(RateLimitScripts.Load("sliding_window.lua")).Select(match => match.Groups["command"].Value).Append("EVALSHA");
        var asked = RateLimitScripts.CommandsOfDecisions("eventicat", "acme", confirmsEpoch: true).Select(command => (string)command[0]!);

        Assert.Equal(done.Distinct().Order(), asked.Order());
    }

    [GeneratedRegex(@"redis\.call\('(?<command>\w+)'", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Call();
}
