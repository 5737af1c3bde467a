using System.Globalization;
using System.Runtime.InteropServices;
using Eventicat.Bench.Compare.Processes;

namespace Eventicat.Bench.Compare.Results;

/// <summary>The table, in Markdown.</summary>
internal sealed class Report(TextWriter output, Testbed testbed, Settings settings, Comparison comparison)
{
    /// <summary>The gateway's own word in its log for "Redis did not decide in time".</summary>
    private const string LimitLost = "SharedLimitLost";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await WriteLineAsync($"{settings.Rounds} rounds of {settings.Duration.TotalSeconds} s per target, {settings.Concurrency} requests at a time; "
            + $"{RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors"
            + (testbed.Redis is { } redis ? $", Redis {redis.Version}" : ""));
        await WriteLineAsync("");
        await WriteLineAsync("| target | CPU µs/request | ratio of CPU to plain YARP (min–max) | requests/s | p50 ms | p99 ms |");
        await WriteLineAsync("|---|--:|--:|--:|--:|--:|");
        foreach (var target in testbed.Targets)
        {
            await WriteRowAsync(target);
        }

        foreach (var target in testbed.Targets.Where(target => target.Redis is not null))
        {
            await WriteRedisAsync(target, cancellationToken);
        }
    }

    private Task WriteRowAsync(Target target)
    {
        var slices = comparison[target];
        var ratios = slices.Zip(comparison[testbed.Targets[0]], (own, plain) => own.Cpu / plain.Cpu).Order().ToArray();
        return WriteLineAsync($"| {target.Name} | {slices.Select(slice => slice.Cpu).Median():F0} "
            + $"| {Quantiles.Of(ratios, 0.5):F2} ({ratios[0]:F2}–{ratios[^1]:F2}) "
            + $"| {slices.Select(slice => slice.Load.PerSecond).Median():F0} "
            + $"| {slices.Select(slice => slice.Load.Median).Median():F1} | {slices.Select(slice => slice.Load.Percentile99).Median():F1} |");
    }

    private async Task WriteRedisAsync(Target target, CancellationToken cancellationToken)
    {
        var parts = target.ProcessNames.Select((name, i) =>
            string.Create(Culture, $"{name} {comparison[target].Select(slice => slice.CpuPerRequest[i].TotalMicroseconds).Median():F0}"));
        var commands = comparison.RedisUse.PerRequest().Where(use => use.PerRequest >= 0.005)
            .Select(use => string.Create(Culture, $"{use.Command} {use.PerRequest:F2}"));
        var log = await File.ReadAllTextAsync(target.Proxy.Log, cancellationToken);
        await WriteLineAsync("");
        await WriteLineAsync($"CPU µs/request by process: {string.Join(", ", parts)}.");
        await WriteLineAsync($"Redis commands per request, those inside scripts included: {string.Join(", ", commands)}.");
        await WriteLineAsync($"Times the gateway fell back to limiting on its own because Redis was late (warm-up included): {log.Split(LimitLost).Length - 1}.");
    }

    private Task WriteLineAsync(string line) => output.WriteLineAsync(line);
}
