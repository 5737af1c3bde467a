using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>A handler's parameter that is read from the request and may be wrong there. The handler runs only if none is wrong.</summary>
internal interface IRequestPart
{
    /// <value>The answer to the request when this part is wrong; <c>null</c> when it is right.</value>
    Answer? Refusal { get; }
}

/// <summary>A parameter that knows the digest of the body as it came.</summary>
internal interface IBodyPart : IRequestPart
{
    string Sha256 { get; }
}

/// <summary>A body without required members. A request may leave it out.</summary>
internal interface IOptionalBody;

/// <summary>Describes a header or a part of the query that no parameter of the handler describes.</summary>
internal sealed record ParameterMetadata(string Name, ParameterLocation In, string Description, JsonSchemaType Type = JsonSchemaType.String, bool Required = false);

/// <summary>Answers for the handler when a part of the request is wrong.</summary>
internal sealed class RefusalFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // The platform sets this status before it runs the filters when an id of the path could not be parsed.
        if (context.HttpContext.Response.StatusCode == StatusCodes.Status400BadRequest)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "Malformed path or query");
        }

        return context.Arguments.OfType<IRequestPart>().Select(part => part.Refusal).FirstOrDefault(refusal => refusal is not null)
            ?? await next(context);
    }
}
