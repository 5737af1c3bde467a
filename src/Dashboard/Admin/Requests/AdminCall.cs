using System.Security.Claims;
using Eventicat.Control.Auditing;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>The caller, and the version of the account that the caller has seen.</summary>
/// <param name="TokenId">The public part of the caller's token.</param>
/// <param name="Operation">The caller as the audit log names them, and the version in <c>If-Match</c>.</param>
/// <param name="Refusal">Set when <c>If-Match</c> cannot be understood.</param>
internal sealed record AdminCall(string TokenId, OperationContext Operation, Answer? Refusal) : IRequestPart
{
    public Actor Actor => Operation.Actor;

    public static ValueTask<AdminCall> BindAsync(HttpContext context)
    {
        var understood = EntityTags.TryReadIfMatch(context.Request.Headers.IfMatch, out var expected);
        return ValueTask.FromResult(new AdminCall(
            context.User.FindFirstValue(ClaimTypes.NameIdentifier)!,
            new OperationContext(Actor.Token(context.User.FindFirstValue(ClaimTypes.GivenName)!), expected),
            understood ? null : Answer.Error(StatusCodes.Status400BadRequest, "If-Match takes one ETag or *")));
    }
}
