namespace Eventicat.Dashboard.Errors;

internal static class ErrorExtensions
{
    public static void UseErrors(this IApplicationBuilder app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        // What nothing has answered, a refused sign-in among them.
        app.UseStatusCodePages(static context => context.HttpContext.WriteErrorAsync(
            context.HttpContext.Response.StatusCode,
            context.HttpContext.Response.StatusCode switch
            {
                StatusCodes.Status400BadRequest => "Malformed request",
                StatusCodes.Status404NotFound => "Not found",
                StatusCodes.Status405MethodNotAllowed => "Method not allowed",
                StatusCodes.Status429TooManyRequests => "Too many failed attempts",
                _ => "Refused",
            }));
    }
}
