using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Usage.Counting;

/// <summary>Counts each request whose key was usable, once its answer is known. The others belong to no account.</summary>
internal sealed class UsageMiddleware(RequestDelegate next, UsageCounters counters)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var request = context.GatewayRequest;
        if (request.Verified is { } verified)
        {
            // An answer without a body may start only after this.
            var isAnswered = context.Response.HasStarted || !context.RequestAborted.IsCancellationRequested;
            counters.Count(verified.Account.Id, verified.Key.Id, UsageOutcomes.Of(request, isAnswered), request.Credential.InUrl);
        }
    }
}
