using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Eventicat.Fuzzing.Inputs;
using Eventicat.Fuzzing.Target;

namespace Eventicat.Fuzzing;

/// <summary>Sends a number of inputs to a gateway and collects every broken promise.</summary>
public static class FuzzRun
{
    private const int Clients = 12, MostFailures = 20_000;
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(15);

    /// <param name="requests">How many inputs; the corpus comes first.</param>
    /// <param name="seed">The same seed gives the same inputs.</param>
    public static Task<FuzzReport> RunAsync(int requests, int seed) => RunAsync(requests, new Generator(seed, Corpus.Load()));

    /// <summary>Sends inputs that were printed before, each once.</summary>
    /// <param name="text">In the form of the corpus.</param>
    public static Task<FuzzReport> ReplayAsync(string text)
    {
        var inputs = Corpus.Parse(text).ToList();
        return RunAsync(inputs.Count, new Generator(0, inputs));
    }

    private static async Task<FuzzReport> RunAsync(int requests, Generator generator)
    {
        var watch = Stopwatch.StartNew();
        var tally = new Tally();
        var failures = new ConcurrentQueue<Failure>();
        var log = new WatchedLog();
        await using var backend = new OracleBackend();
        var gateway = await FuzzGateway.StartAsync($"http://{backend.Authority}", log);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(async () =>
        {
            await using var prober = new Prober(gateway, backend, tally, isSecure: number == 0);
            while (Interlocked.Increment(ref next) is var index && index < requests && failures.Count < MostFailures)
            {
                foreach (var failure in await prober.ProbeAsync(generator.Create(index), index))
                {
                    failures.Enqueue(failure);
                }
            }
        })));

        var stopping = Stopwatch.StartNew();
        await gateway.DisposeAsync();
        if (stopping.Elapsed > StopsWithin)
        {
            failures.Enqueue(new Failure("connections are not reaped", $"Stopping took {stopping.Elapsed}.", -1, Input: null));
        }

        foreach (var failure in FindLate(generator, backend, log, tally))
        {
            failures.Enqueue(failure);
        }

        return new FuzzReport(generator.Seed, tally, [.. failures], watch.Elapsed, backend.Connections, log.Lines);
    }

    /// <summary>What only shows when everything is over.</summary>
    private static IEnumerable<Failure> FindLate(Generator generator, OracleBackend backend, WatchedLog log, Tally tally)
    {
        foreach (var (fault, bytes) in backend.Faults)
        {
            yield return Late($"the backend got a request that {fault}", bytes);
        }

        foreach (var request in backend.Whole.Values.Where(request => !IsBreakable(request.Bytes)))
        {
            yield return Late("the backend got a request that nobody was answered for", request.Bytes);
        }

        foreach (var bytes in backend.Broken.Where(bytes => !IsBreakable(bytes)))
        {
            yield return Late("the backend got a part of a whole request", bytes);
        }

        foreach (var (fault, line) in log.Faults)
        {
            yield return Late(fault, line);
        }

        Failure Late(string kind, string text)
        {
            var index = OracleBackend.MarkersIn(text) is [.., var last] ? int.Parse(last[2..^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : -1;
            return new Failure(kind, text, index, index < 0 ? null : generator.Create(index));
        }

        bool IsBreakable(string text) => OracleBackend.MarkersIn(text) is var markers && markers.Count < 2 && markers.All(tally.IsBreakable);
    }
}
