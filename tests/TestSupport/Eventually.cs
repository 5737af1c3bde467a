using System.Diagnostics;
using Xunit;

namespace Eventicat.TestSupport;

/// <summary>Waits for conditions, never for time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks until the answer is yes, or the test is cancelled.</summary>
    /// <exception cref="TimeoutException">It was not yes within the time, half a minute by default.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? within = null) =>
        await HoldsAsync(condition, within ?? Patience, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan?)"/>
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <summary>Asks until the answer is yes. What is asked after the time must be answered so; how long an answer takes is the machine's affair.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It was not yes, and had been asked after the time.</exception>
    public static async Task<TimeSpan> HoldsAsync(Func<Task<bool>> condition, TimeSpan within, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        for (var asked = watch.Elapsed; !await condition(); asked = watch.Elapsed)
        {
            if (asked > within)
            {
                throw new TimeoutException($"The condition did not hold within {within}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }

        return watch.Elapsed;
    }
}
