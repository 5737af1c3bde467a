using Eventicat.Bench.Compare.Load;
using Eventicat.Bench.Compare.Processes;
using Eventicat.Bench.Compare.Results;

namespace Eventicat.Bench.Compare;

/// <summary>
/// Short slices of load, one target after the other, again and again: what disturbs the machine meanwhile disturbs all
/// targets alike, and a ratio within one round cancels most of it.
/// </summary>
internal sealed class Comparison
{
    /// <summary>The runtime compiles hot code in several steps; the last of them comes late.</summary>
    private const int WarmUpRounds = 2;

    /// <summary>Work that a request leaves behind (lines of log in a queue) is part of its cost.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<Target, List<Slice>> _slices = [];

    /// <value>What Redis did in all measured slices of the gateway that uses it, and for how many requests.</value>
    public RedisUse RedisUse { get; } = new();

    public IReadOnlyList<Slice> this[Target target] => _slices[target];

    /// <exception cref="WrongAnswerException">A target answered what it should not have.</exception>
    public static async Task<Comparison> RunAsync(Testbed testbed, Settings settings, CancellationToken cancellationToken)
    {
        var comparison = new Comparison();
        foreach (var target in testbed.Targets)
        {
            comparison._slices[target] = [];
        }

        for (var round = -WarmUpRounds; round < settings.Rounds; round++)
        {
            await Console.Error.WriteLineAsync(round < 0 ? "warming up" : $"round {round + 1} of {settings.Rounds}");
            for (var place = 0; place < testbed.Targets.Count; place++)
            {
                var target = testbed.Targets[(round + WarmUpRounds + place) % testbed.Targets.Count];
                await comparison.MeasureAsync(testbed, target, settings, isWarmUp: round < 0, cancellationToken);
            }
        }

        return comparison;
    }

    private async Task MeasureAsync(
        Testbed testbed, Target target, Settings settings, bool isWarmUp, CancellationToken cancellationToken)
    {
        var commands = target.Redis is { } redis ? await redis.CountCommandsAsync() : null;
        var before = target.ReadCpu();
        var load = await LoadGenerator.RunAsync(target, testbed.Requests, settings, cancellationToken);
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        if (isWarmUp)
        {
            return;
        }

        _slices[target].Add(new Slice(load, target.ReadCpu().Zip(before, (now, then) => (now - then) / load.Requests).ToArray()));
        if (commands is not null)
        {
            RedisUse.Add(commands, await target.Redis!.CountCommandsAsync(), load.Requests);
        }
    }
}
