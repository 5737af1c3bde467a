using System.Collections.Concurrent;
using System.Diagnostics;
using Eventicat.Fuzzing.Target;

namespace Eventicat.Fuzzing.Answers;

/// <summary>The other direction: a backend that answers oddly, and clients that must get its answer or a clean 502.</summary>
public static class AnswerRun
{
    private const int Clients = 8;

    /// <param name="answers">How many.</param>
    /// <param name="seed">The same seed gives the same answers.</param>
    /// <param name="only">One answer of those; <c>null</c>: all.</param>
    public static async Task<FuzzReport> RunAsync(int answers, int seed, int? only = null)
    {
        var watch = Stopwatch.StartNew();
        var tally = new Tally();
        var log = new WatchedLog();
        var failures = new ConcurrentQueue<Failure>();
        var generator = new AnswerGenerator(seed);
        await using var backend = new OddBackend();
        var gateway = await FuzzGateway.StartAsync($"http://{backend.Authority}", log, watchesHealth: false);
        var next = (only ?? 0) - 1;
        var end = only + 1 ?? answers;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            await using var prober = new AnswerProber(gateway, backend, generator, tally);
            while (Interlocked.Increment(ref next) is var index && index < end)
            {
                if (await prober.ProbeAsync(index) is { } failure)
                {
                    failures.Enqueue(failure);
                }
            }
        })));
        await gateway.DisposeAsync();
        foreach (var (fault, line) in log.Faults)
        {
            failures.Enqueue(new Failure(fault, line, -1, Input: null));
        }

        return new FuzzReport(seed, tally, [.. failures], watch.Elapsed, 0, log.Lines);
    }
}
