using Eventicat.Accounts.Caching;
using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Credentials;

/// <summary>Refuses keys in URLs, or tells their senders that this will end, as gateway and account want it.</summary>
internal sealed class UrlKeyPolicyMiddleware(RequestDelegate next, UrlKeyRules rules, UrlKeyNotice notice, AccountDirectory directory)
{
    private readonly Func<object, Task> _writeNotice = state => WriteNoticeAsync((HttpContext)state, rules, notice);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.GatewayRequest;
        if (request is not { Credential.InUrl: true, Verified: not null })
        {
            return next(context);
        }

        // Decided when the answer starts: until then the account may turn out to have changed.
        context.Response.OnStarting(_writeNotice, context);
        return rules.Refuses(request.Credential, request.Verified) ? RefuseAsync(context, request) : next(context);
    }

    /// <summary>
    /// Whoever is served has the account confirmed on the way; here it has to be done, or nobody would ever notice that
    /// the account may use such keys again.
    /// </summary>
    private async Task RefuseAsync(HttpContext context, GatewayRequest request)
    {
        if (request.Verified is { } verified && !await directory.IsCurrentAsync(verified, context.RequestAborted))
        {
            request.Verified = await directory.VerifyAsync(verified.Key.Digest, context.RequestAborted);
            if (!rules.Refuses(request.Credential, request.Verified) && request.Verified is not null)
            {
                await next(context);
                return;
            }
        }

        await context.WriteErrorAsync(request.Verified is null ? GatewayErrors.InvalidApiKey : GatewayErrors.UrlKeyRefused);
    }

    private static Task WriteNoticeAsync(HttpContext context, UrlKeyRules rules, UrlKeyNotice notice)
    {
        if (rules.Warns(context.GatewayRequest.Credential, context.GatewayRequest.Verified))
        {
            notice.Write(context.Response.Headers);
        }

        return Task.CompletedTask;
    }
}
