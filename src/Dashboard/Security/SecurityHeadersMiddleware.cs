namespace Eventicat.Dashboard.Security;

/// <summary>Sets the headers that every answer has.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    /// <summary>
    /// Scripts come from here and nowhere else, and never from within a page. MudBlazor sets style attributes and writes
    /// its theme as a style element, hence <c>unsafe-inline</c> for styles.
    /// </summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // An answer may be about an account, so that no cache may keep it, nor the browser for going back. Files of the
        // pages get no-cache from the platform beside this; browsers follow no-store, which is stricter.
        headers.CacheControl = "no-store";
        return next(context);
    }
}
