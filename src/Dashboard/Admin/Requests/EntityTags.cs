using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>Account versions as ETags.</summary>
internal static class EntityTags
{
    public static string Of(Account account) => $"\"{AccountVersion.Of(account)}\"";

    /// <param name="header">May be empty, which matches every version.</param>
    /// <param name="expected"><c>null</c>: every version matches.</param>
    /// <returns>False: the header is neither one ETag nor <c>*</c>.</returns>
    public static bool TryReadIfMatch(StringValues header, out AccountVersion? expected)
    {
        expected = null;
        if (header.Count == 0)
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(header!, out var tags) || tags is not [var tag])
        {
            return false;
        }

        // A weak tag matches nothing (RFC 9110 section 13.1.1): no account has a version that begins with W/.
        expected = tag.Equals(EntityTagHeaderValue.Any) ? null
            : AccountVersion.Parse(tag.IsWeak ? tag.ToString() : tag.Tag.Value![1..^1]);
        return true;
    }

    public static bool IsNoneMatch(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch!, out var tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));
}

/// <summary>Requires <c>If-Match</c> of changes that could silently undo somebody else's.</summary>
internal sealed class IfMatchFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers.IfMatch.Count == 0
            ? Answer.Error(StatusCodes.Status428PreconditionRequired, "If-Match required")
            : await next(context);
}
