namespace Eventicat.Dashboard.Errors;

internal static class ErrorExtensions
{
    public static void UseErrors(this IApplicationBuilder app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        app.UseWhen(IsPage, static pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseStatusCodePages(static context => context.HttpContext.WriteErrorAsync(
            context.HttpContext.Response.StatusCode,
            context.HttpContext.Response.StatusCode switch
            {
                StatusCodes.Status400BadRequest => "Malformed request",
                StatusCodes.Status404NotFound => "Not found",
                StatusCodes.Status405MethodNotAllowed => "Method not allowed",
                _ => "Refused",
            }));
    }

    private static bool IsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
