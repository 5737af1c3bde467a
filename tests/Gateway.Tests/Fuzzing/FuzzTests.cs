using Eventicat.Fuzzing;
using Eventicat.Fuzzing.Answers;

namespace Eventicat.Gateway.Tests.Fuzzing;

/// <summary>
/// A tenth of what <c>dotnet run -c Release --project tests/Fuzzing</c> does, always with the same inputs. A failure prints
/// its inputs; <c>-- replay FILE</c> sends them again.
/// </summary>
public sealed class FuzzTests
{
    private const int Seed = 20261125;

    [Fact]
    public async Task Requests_OfEveryKind_GoOnAsTheyMustOrNotAtAll()
    {
        var report = await FuzzRun.RunAsync(requests: 20_000, Seed);

        Assert.False(report.HasFailures, report.ToString());
        Assert.True(report.Requests >= 20_000, report.ToString());
        // Otherwise it would only show that everything is refused.
        Assert.True(report.Forwarded >= 5_000, report.ToString());
    }

    [Fact]
    public async Task Answers_OfEveryKind_ReachTheClientAsTheyAreOrAsAClean502()
    {
        var report = await AnswerRun.RunAsync(answers: 2_000, Seed);

        Assert.False(report.HasFailures, report.ToString());
    }
}
