using Microsoft.Extensions.Time.Testing;

namespace Eventicat.TestSupport;

/// <summary>A fake clock whose wall time can be set, as an administrator or NTP does, while its monotonic time goes on.</summary>
public sealed class SteppedTime : FakeTimeProvider
{
    private TimeSpan _step;

    public void StepWallClock(TimeSpan step) => _step += step;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _step;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
