namespace Eventicat.Dashboard.Errors;

internal static class ErrorExtensions
{
    public static void UseErrors(this IApplicationBuilder app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        // What nothing has answered, a refused sign-in among them.
        app.UseStatusCodePages(static context => context.HttpContext.WriteErrorAsync(
            context.HttpContext.Response.StatusCode,
            StatusText.Of(context.HttpContext.Response.StatusCode)));
    }
}
