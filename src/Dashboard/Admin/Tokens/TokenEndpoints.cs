using Eventicat.Control.Tokens;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Tokens;

internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder admin)
    {
        var tokens = admin.MapGroup("/tokens").WithTags("Tokens");
        tokens.MapGet("", ListAsync).Describe("List operator tokens", "In order of their ids.")
            .Answers<TokenPageBody>(200, TokenPageBody.Example).Refuses(400);
        tokens.MapPost("", CreateAsync).Describe("Make an operator token", "The token is in this answer and nowhere else.")
            .Takes(NewTokenRequest.Example).Answers<NewTokenBody>(201, NewTokenBody.Example).Refuses(400).Idempotent();
        tokens.MapDelete("/{id}", RevokeAsync).Describe("Revoke an operator token", "The caller may revoke their own token.").Answers(204).Refuses(404);
    }

    private static async Task<Answer> ListAsync(string? after, PageLimit limit, TokenOperations tokens, CancellationToken cancellationToken)
    {
        var page = await tokens.ListAsync(after, limit.Value, cancellationToken);
        return new(StatusCodes.Status200OK, new TokenPageBody(page.Select(TokenBody.Of), page.Count < limit.Value ? null : page[^1].Id));
    }

    private static async Task<Answer> CreateAsync(
        AdminCall call, JsonBody<NewTokenRequest> body, TokenOperations tokens, TimeProvider time, CancellationToken cancellationToken)
    {
        if (TokenOperations.ValidateName(body.Value.Name) is { } rule)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, rule);
        }

        return body.Value.Expires <= time.GetUtcNow()
            ? Answer.Error(StatusCodes.Status400BadRequest, "The expiry must be in the future")
            : new(StatusCodes.Status201Created, NewTokenBody.Of(
                await tokens.CreateAsync(call.Actor, body.Value.Name, body.Value.Expires, cancellationToken)));
    }

    private static async Task<Answer> RevokeAsync(AdminCall call, string id, TokenOperations tokens, CancellationToken cancellationToken) =>
        await tokens.RevokeAsync(call.Actor, id, cancellationToken)
            ? new(StatusCodes.Status204NoContent)
            : Answer.Error(StatusCodes.Status404NotFound, "There is no such token");
}
