using Eventicat.Dashboard.Admin.Requests;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Admin.Idempotency;

/// <summary>
/// Does a request with an <c>Idempotency-Key</c> once, however often it comes. A request that failed is not kept, so
/// that it may be tried again.
/// </summary>
internal sealed class IdempotencyFilter(RequestRecords requests, IOptions<JsonOptions> json) : IEndpointFilter
{
    public const string HeaderName = "Idempotency-Key";
    private const int MaxKeyLength = 128;

    private static readonly Answer Running =
        Answer.Error(StatusCodes.Status409Conflict, "A request with this Idempotency-Key is still running") with { RetryAfter = 1 };

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.Headers[HeaderName] is not { Count: > 0 } key)
        {
            return await next(context);
        }

        if (!IsValid(key.ToString()))
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "Idempotency-Key must be 1 to 128 visible characters");
        }

        var sha256 = context.Arguments.OfType<IBodyPart>().Single().Sha256;
        var id = RequestRecords.IdOf(context.Arguments.OfType<AdminCall>().Single().TokenId, request.Path, key.ToString());
        return await requests.TryReserveAsync(id, sha256, context.HttpContext.RequestAborted)
            ? await RunAsync(id, sha256, context, next)
            : await RepeatAsync(id, sha256, context.HttpContext.RequestAborted);
    }

    private static bool IsValid(string key) => key.Length is > 0 and <= MaxKeyLength && key.All(character => character is > ' ' and <= '~');

    private async Task<Answer> RepeatAsync(string id, string sha256, CancellationToken cancellationToken) =>
        await requests.FindAsync(id, cancellationToken) switch
        {
            { } known when known.Sha256 != sha256 =>
                Answer.Error(StatusCodes.Status422UnprocessableEntity, "Idempotency-Key was used for another request"),
            { Answer: { } answer } => answer.Replay(),
            // The other request is still running, or it has just failed. In both cases the caller has to try again.
            _ => Running,
        };

    private async Task<Answer> RunAsync(string id, string sha256, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Answer? answer = null;
        try
        {
            answer = (Answer)(await next(context))!;
        }
        finally
        {
            if (answer is not { Succeeded: true })
            {
                await requests.ReleaseAsync(id);
            }
        }

        if (answer.Succeeded)
        {
            await requests.CompleteAsync(id, sha256, StoredAnswer.Of(answer, json.Value.SerializerOptions));
        }

        return answer;
    }
}
