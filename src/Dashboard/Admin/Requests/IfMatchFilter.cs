using Eventicat.Dashboard.Admin.Answers;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>For changes that would silently undo somebody else's: the caller has to say what they have seen.</summary>
internal sealed class IfMatchFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers.IfMatch.Count == 0
            ? Answer.Error(StatusCodes.Status428PreconditionRequired, "If-Match required")
            : await next(context);
}
