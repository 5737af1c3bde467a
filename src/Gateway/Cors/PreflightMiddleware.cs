namespace Eventicat.Gateway.Cors;

/// <summary>
/// Keeps shared caches from storing preflight answers, like every answer of the gateway itself. How long a browser may
/// remember one is said by <c>Access-Control-Max-Age</c>, which this does not touch.
/// </summary>
internal sealed class PreflightMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsOptions(context.Request.Method) && context.Request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        return next(context);
    }
}
