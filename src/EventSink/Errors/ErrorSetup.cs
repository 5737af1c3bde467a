namespace Eventicat.EventSink.Errors;

internal static class ErrorSetup
{
    public static void UseErrorAnswers(this IApplicationBuilder app) => app.UseMiddleware<ErrorMiddleware>();
}
