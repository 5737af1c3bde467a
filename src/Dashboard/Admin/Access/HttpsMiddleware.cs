using System.Net;
using Eventicat.Dashboard.Admin.Requests;
using Eventicat.Dashboard.Errors;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Admin.Access;

/// <summary>Section <c>Admin</c>.</summary>
internal sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <value>Whether tokens are taken over plain HTTP from other machines. Default <c>false</c>: 403.</value>
    public bool AllowHttp { get; set; }
}

/// <summary>
/// Refuses the admin API over plain HTTP from other machines, before anything looks at the token. It does not redirect
/// to HTTPS: a client that is redirected would go on sending its token in the clear without noticing.
/// </summary>
internal sealed class HttpsMiddleware(RequestDelegate next, IOptions<AdminOptions> options)
{
    private readonly bool _allowHttp = options.Value.AllowHttp;

    public Task InvokeAsync(HttpContext context) =>
        _allowHttp || !context.Request.IsAdmin() || context.Request.IsHttps || IsLocal(context)
            ? next(context)
            : context.WriteErrorAsync(StatusCodes.Status403Forbidden, "HTTPS required");

    /// <summary>A Unix socket has no address.</summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
}
