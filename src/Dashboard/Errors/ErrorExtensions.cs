namespace Eventicat.Dashboard.Errors;

internal static class ErrorExtensions
{
    public static void UseErrors(this IApplicationBuilder app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        // An error without a body gets one: a page for people, an error in the API's shape for programs.
        app.UseWhen(IsPage, static pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseWhen(static context => !IsPage(context), static others => others.UseStatusCodePages(static context =>
            context.HttpContext.WriteErrorAsync(
                context.HttpContext.Response.StatusCode, StatusText.Of(context.HttpContext.Response.StatusCode))));
    }

    private static bool IsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
