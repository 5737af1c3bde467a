using System.Threading.RateLimiting;
using Eventicat.Accounts;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// An exact sliding window shared by all gateways through Redis, by Redis's clock. At most one call per account is in
/// flight; requests that come meanwhile share the next one. After a refusal nothing is asked until the moment that
/// Redis named: until then nobody can be granted a permit.
/// </summary>
internal sealed class RedisSlidingWindowRateLimiter(
    AccountId account,
    AccountLimit limit,
    bool confirmsEpoch,
    SharedLimitCalls calls,
    RedisFailureFallback fallback,
    TimeProvider time)
    : AccountRateLimiter(limit, time)
{
    /// <summary>Bounds how long one account's call can occupy Redis, which serves one call at a time.</summary>
    private const int MaxRequestsPerCall = 256;

    /// <summary>Bounds how long one call that tells what was granted here can: some milliseconds.</summary>
    private const int MaxToldPerCall = 2000;

    private readonly Lock _gate = new();
    private readonly Queue<PermitRequest> _waiting = new();
    private readonly LocalShare _share = new(fallback.NeedsLocalLog, time);
    private readonly AccountFault _fault = new(account);
    private bool _isCalling;
    private Rejection? _rejection;

    public override bool ConfirmsEpoch => confirmsEpoch;

    public override bool IsNeeded => _share.Counts(Limit) || FindRejection() is not null;

    public override bool IsReplaceable => !_share.HasUnsent;

    /// <value>Whether something was granted here that Redis does not know of yet.</value>
    public bool HasUnsent => _share.HasUnsent;

    public override SlidingWindowLease? TryReject() => FindRejection() is { } rejected ? Count(rejected) : null;

    /// <summary>Tells Redis what was granted here, which the next decision would do as well.</summary>
    public Task TellAsync()
    {
        var request = new PermitRequest(permits: 0, Version);
        Enqueue(request);
        return request.Task;
    }

    /// <summary>Never asks Redis; a lease that is not acquired means no more than "not known here".</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        ThrowIfMoreThanLimit(permitCount, Limit);
        return TryReject() ?? new SlidingWindowLease { Outcome = LeaseOutcome.Unavailable };
    }

    protected override async ValueTask<SlidingWindowLease> DecideAsync(int permitCount, LimitVersion version, CancellationToken cancellationToken)
    {
        ThrowIfMoreThanLimit(permitCount, version.Limit);
        if (TryReject() is { } rejected)
        {
            return rejected;
        }

        var request = new PermitRequest(permitCount, version);
        Enqueue(request);
        if (!cancellationToken.CanBeCanceled || request.Task.IsCompleted)
        {
            return Count(await request.Task);
        }

        // A request given up before its call is sent costs no permit; afterwards the permit is spent.
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((PermitRequest)state!).TrySetCanceled(token), request);
        return Count(await request.Task);
    }

    /// <remarks>Asking costs a round trip, which a synchronous method may not make.</remarks>
    protected override long CountAvailable() => FindRejection() is null ? Limit.Permits : 0;

    protected override void OnConfigured() => Volatile.Write(ref _rejection, null);

    private SlidingWindowLease? FindRejection()
    {
        var rejection = Volatile.Read(ref _rejection);
        if (rejection is null || !ReferenceEquals(rejection.Version, Version))
        {
            return null;
        }

        var wait = rejection.Wait - Time.GetElapsedTime(rejection.SentAt);
        return wait <= TimeSpan.Zero
            ? null
            : new SlidingWindowLease { Outcome = LeaseOutcome.Rejected, Status = rejection.Status with { RetryAfter = wait } };
    }

    private void Enqueue(PermitRequest request)
    {
        bool isFirst;
        lock (_gate)
        {
            _waiting.Enqueue(request);
            isFirst = !_isCalling;
            _isCalling = true;
        }

        if (isFirst)
        {
            _ = CallWhileAnybodyWaitsAsync();
        }
    }

    private async Task CallWhileAnybodyWaitsAsync()
    {
        var batch = new List<PermitRequest>();
        while (TakeBatch(batch))
        {
            try
            {
                await DecideAsync(batch);
            }
            catch (Exception exception)
            {
                batch.ForEach(request => request.TrySetException(exception));
            }
        }
    }

    private bool TakeBatch(List<PermitRequest> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            while (batch.Count < MaxRequestsPerCall && _waiting.TryPeek(out var next))
            {
                if (!next.Task.IsCompleted)
                {
                    if (batch.Count > 0 && !batch[0].CanShareCallWith(next))
                    {
                        break;
                    }

                    batch.Add(next);
                }

                _waiting.Dequeue();
            }

            return _isCalling = batch.Count > 0;
        }
    }

    private async Task DecideAsync(List<PermitRequest> batch)
    {
        var first = batch[0];
        var (limit, epoch) = (first.Version.Limit, first.Version.Epoch);
        var isShared = batch.Count > 1;
        var asked = isShared ? batch.Count : first.Permits;
        var told = _share.TakeStock(limit, MaxToldPerCall);
        while (told.Sum(static grant => grant.Permits) == MaxToldPerCall)
        {
            // All of it before anything is decided.
            var telling = calls.Script.Create(account, limit, requested: 0, isPartial: false, epoch: null, told);
            if (await calls.TryRunAsync(telling, _fault) is not { } heard)
            {
                DecideHere(batch, telling);
                return;
            }

            _share.Record(heard, limit, told);
            told = _share.TakeStock(limit, MaxToldPerCall);
        }

        // What was granted here is Redis's to know, whatever has become of the account since.
        var call = calls.Script.Create(account, limit, asked, isShared, confirmsEpoch && asked > 0 ? epoch : null, told);
        var reply = await calls.TryRunAsync(call, _fault);
        if (reply is null)
        {
            DecideHere(batch, call);
        }
        else if (reply.Value.IsOtherEpoch)
        {
            var changed = new SlidingWindowLease { Outcome = LeaseOutcome.AccountChanged };
            batch.ForEach(request => request.TrySetResult(changed));
        }
        else
        {
            _share.Record(reply.Value, limit, call.Told);
            Complete(batch, asked, reply.Value);
        }
    }

    private void DecideHere(List<PermitRequest> batch, RedisSlidingWindowScript.Call call)
    {
        var granted = 0;
        foreach (var request in batch)
        {
            // Nobody waits for a request that was cancelled, but its permit may be spent.
            var lease = fallback.Decide(_share, request);
            granted += lease.IsAcquired ? request.Permits : 0;
            request.TrySetResult(lease);
        }

        call.DecidedHere(_share, granted);
    }

    private void Complete(List<PermitRequest> batch, int asked, RedisSlidingWindowScript.Reply reply)
    {
        var first = batch[0];
        if (reply.Granted < asked && first.Permits <= 1)
        {
            Volatile.Write(ref _rejection, new Rejection(first.Version, reply.SentAt, Microseconds(reply.RetryAt - reply.Now), Status(first, reply, reply.InUse, reply.RetryAt)));
        }

        var granted = batch.Count > 1 ? reply.Granted : reply.Granted == asked ? 1 : 0;
        for (var i = 0; i < batch.Count; i++)
        {
            var isAcquired = i < granted;
            var inUse = isAcquired && batch.Count > 1 ? reply.InUse - (granted - 1 - i) : reply.InUse;
            batch[i].TrySetResult(new SlidingWindowLease
            {
                Outcome = isAcquired ? LeaseOutcome.Acquired : LeaseOutcome.Rejected,
                Status = Status(batch[i], reply, inUse, isAcquired ? reply.ResetAt : reply.RetryAt),
                EpochConfirmedAt = confirmsEpoch ? reply.SentAt : null,
            });
        }
    }

    private static RateLimitStatus Status(PermitRequest request, RedisSlidingWindowScript.Reply reply, int inUse, long retryAt) => new(
        request.Version.Limit.Permits,
        request.Version.Limit.Window,
        Math.Max(0, request.Version.Limit.Permits - inUse),
        DateTimeOffset.UnixEpoch + Microseconds(reply.ResetAt == 0 ? reply.Now : reply.ResetAt),
        Microseconds(Math.Max(0, retryAt - reply.Now)));

    private static TimeSpan Microseconds(long value) => TimeSpan.FromTicks(value * TimeSpan.TicksPerMicrosecond);

    /// <summary>Until <paramref name="Wait"/> after the sending, no single permit is free; not longer than true.</summary>
    private sealed record Rejection(LimitVersion Version, long SentAt, TimeSpan Wait, RateLimitStatus Status);
}
