using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Eventicat.Control.Users;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Requests;
using Eventicat.Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Admin.Users;

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder admin)
    {
        var users = admin.MapGroup("/users").WithTags("Users");
        users.MapGet("", ListAsync).Describe("List the dashboard's users", "In order of their names.")
            .Answers<UserPageBody>(200, UserPageBody.Example).Refuses(400);
        users.MapPost("", InviteAsync).Describe("Invite a user", "As owner of an account or as operator. Inviting a user again makes a new link.")
            .Takes(NewUser.Example).Answers<InvitationBody>(201, InvitationBody.Example).Refuses(400, 404).Idempotent();
        users.MapDelete("/{name}", DeleteAsync).Describe("Delete a user", "The user's sessions end at once.").Answers(204).Refuses(404);
    }

    private static async Task<Answer> ListAsync(UserName? after, PageLimit limit, UserOperations users, CancellationToken cancellationToken)
    {
        var page = await users.ListAsync(after, limit.Value, cancellationToken);
        return new(StatusCodes.Status200OK, new UserPageBody(page.Select(UserBody.Of), page.Count < limit.Value ? null : page[^1].Name.ToString()));
    }

    private static async Task<Answer> InviteAsync(
        AdminCall call, JsonBody<NewUser> body, HttpRequest request, IOptions<DashboardOptions> options, AccountOperations accounts,
        UserOperations users, CancellationToken cancellationToken)
    {
        AccountId? account = null;
        if (!UserName.TryParse(body.Value.Name, out var name))
        {
            return Answer.Error(StatusCodes.Status400BadRequest, $"name must be {UserName.Rule}");
        }

        if (body.Value.Operator == body.Value.Account is not null)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "Either account or operator must be given");
        }

        if (body.Value.Account is { } text)
        {
            if (!AccountId.TryParse(text, out var owned))
            {
                return Answer.InvalidId("account");
            }

            if (await accounts.FindAsync(owned, cancellationToken) is { Denial: { } denial })
            {
                return Answer.Denied(denial);
            }

            account = owned;
        }

        var invitation = await users.InviteAsync(call.Actor, name, account, cancellationToken);
        var link = invitation.LinkFrom(BaseOf(options.Value.PublicUrl, request));
        return new(StatusCodes.Status201Created, new InvitationBody(
            name.ToString(), account is null, account?.ToString(), invitation.Expires, invitation.Secret, link));
    }

    private static async Task<Answer> DeleteAsync(AdminCall call, UserName name, UserOperations users, CancellationToken cancellationToken) =>
        await users.DeleteAsync(call.Actor, name, cancellationToken)
            ? new(StatusCodes.Status204NoContent)
            : Answer.Error(StatusCodes.Status404NotFound, $"There is no user '{name}'");

    /// <summary>Ends with a slash; without it, the link would replace the last part of the path.</summary>
    private static Uri BaseOf(Uri? configured, HttpRequest request) => new(
        $"{configured?.AbsoluteUri.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}{request.PathBase}"}/");
}
