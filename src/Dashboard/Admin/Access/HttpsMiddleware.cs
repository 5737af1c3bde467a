using System.Net;
using Eventicat.Dashboard.Admin.Configuration;
using Eventicat.Dashboard.Errors;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Admin.Access;

/// <summary>
/// Refuses the admin API over plain HTTP from other machines, before anything looks at the token. No redirect: the
/// client would only learn that sending its token in the clear works out in the end.
/// </summary>
internal sealed class HttpsMiddleware(RequestDelegate next, IOptions<AdminSettings> settings)
{
    private readonly bool _allowHttp = settings.Value.AllowHttp;

    public Task InvokeAsync(HttpContext context) =>
        _allowHttp || !context.Request.IsAdmin() || context.Request.IsHttps || IsLocal(context)
            ? next(context)
            : context.WriteErrorAsync(StatusCodes.Status403Forbidden, "HTTPS required");

    /// <summary>A Unix socket has no address.</summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
}
