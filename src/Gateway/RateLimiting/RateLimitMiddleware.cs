using System.Globalization;
using Eventicat.Accounts.Caching;
using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Authentication;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// Spends one permit of the account, and makes sure on the way that the account is still what authentication saw: a
/// key revoked since costs no permit and gets its 401.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, AccountRateLimiters limiters, AccountDirectory directory, IUrlKeyRules urlKeys)
{
    /// <summary>An account that changes more often than this during one request is not worth chasing.</summary>
    private const int MaxAttempts = 5;

    public Task InvokeAsync(HttpContext context) =>
        context.GatewayRequest.Verified is null ? next(context) : LimitAsync(context);

    private async Task LimitAsync(HttpContext context)
    {
        var request = context.GatewayRequest;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (request.Verified is not { } verified)
            {
                await context.ChallengeAsync();
                return;
            }

            var lease = await DecideAsync(verified, context.RequestAborted);
            if (lease.Outcome != LeaseOutcome.AccountChanged)
            {
                await AnswerAsync(context, request, lease);
                return;
            }

            request.Verified = await directory.VerifyAsync(verified.Key.Digest, context.RequestAborted);
            if (urlKeys.Refuses(request.Credential, request.Verified))
            {
                await context.WriteErrorAsync(GatewayErrors.UrlKeyRefused);
                return;
            }
        }

        await context.WriteErrorAsync(GatewayErrors.AuthenticationUnavailable);
    }

    private async ValueTask<SlidingWindowLease> DecideAsync(VerifiedKey verified, CancellationToken cancellationToken)
    {
        var limiter = limiters.For(verified.Account.Snapshot ?? verified.Snapshot);
        var lease = limiter.TryReject();
        var isConfirmed = false;
        if (lease is not null || !limiter.ConfirmsEpoch)
        {
            if (!await directory.IsCurrentAsync(verified, cancellationToken))
            {
                return Changed;
            }

            isConfirmed = true;
        }

        lease ??= await limiter.DecideAsync(permitCount: 1, verified.Snapshot.Epoch, cancellationToken);
        if (lease.Outcome == LeaseOutcome.AccountChanged)
        {
            await directory.ReloadAsync(verified.Account, cancellationToken);
        }
        else if (lease.EpochConfirmedAt is { } confirmedAt)
        {
            verified.Account.Confirm(verified.Snapshot.Epoch, confirmedAt);
        }
        else if (!isConfirmed && !await directory.IsCurrentAsync(verified, cancellationToken))
        {
            return Changed;
        }

        return lease;
    }

    private Task AnswerAsync(HttpContext context, GatewayRequest request, SlidingWindowLease lease)
    {
        if (lease.Status is { } status)
        {
            request.RateLimit = status;
            context.Response.OnStarting(static state => WriteHeadersAsync((HttpContext)state), context);
        }

        switch (lease.Outcome)
        {
            case LeaseOutcome.Acquired:
                return next(context);
            case LeaseOutcome.Unavailable:
                return context.WriteErrorAsync(GatewayErrors.RateLimiterUnavailable);
            default:
                context.Response.Headers.RetryAfter = lease.Status!.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return context.WriteErrorAsync(GatewayErrors.RateLimitExceeded, RateLimitHeaders.WriteBody(lease.Status));
        }
    }

    /// <summary>At the last moment, so that a backend's headers of the same names do not stand beside ours.</summary>
    private static Task WriteHeadersAsync(HttpContext context)
    {
        RateLimitHeaders.Write(context.Response.Headers, context.GatewayRequest.RateLimit!);
        return Task.CompletedTask;
    }

    private static SlidingWindowLease Changed { get; } = new() { Outcome = LeaseOutcome.AccountChanged };
}
