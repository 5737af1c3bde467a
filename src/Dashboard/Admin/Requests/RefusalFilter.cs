using Eventicat.Dashboard.Admin.Answers;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>Answers for the handler where a part of the request cannot be used.</summary>
internal sealed class RefusalFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // How the platform tells filters that an id could not be parsed.
        if (context.HttpContext.Response.StatusCode == StatusCodes.Status400BadRequest)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "Malformed path or query");
        }

        return context.Arguments.OfType<IRequestPart>().Select(part => part.Refusal).FirstOrDefault(refusal => refusal is not null)
            ?? await next(context);
    }
}
