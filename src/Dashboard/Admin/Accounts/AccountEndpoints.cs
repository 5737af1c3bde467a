using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Accounts;

internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder admin)
    {
        var accounts = admin.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("", ListAsync).Describe("List accounts in pages", "In the ordinal order of their ids.")
            .Answers<AccountPageBody>(200, AccountPageBody.Example).Refuses(400);
        accounts.MapPost("", CreateAsync).Describe("Create an account", "Answers 200 if the account exists with the same settings, 409 if it exists with others.")
            .Takes(NewAccount.Example).Answers<AccountBody>(201, AccountBody.Example).Answers<AccountBody>(200, AccountBody.Example).Refuses(400, 409)
            .Idempotent();
        accounts.MapGet("/{account}", FindAsync).Describe("Read an account", "Changes of the account take its ETag in If-Match.")
            .Answers<AccountBody>(200, AccountBody.Example).Answers(304).Refuses(404);
        accounts.MapPatch("/{account}", UpdateAsync).Describe("Change an account", "Changes all given members in one step. A limit or urlKeys of null means the gateway's default.")
            .Takes(AccountPatch.Example).Answers<AccountBody>(200, AccountBody.Example).Refuses(400, 404).RequiresIfMatch();
        accounts.MapDelete("/{account}", DeleteAsync).Describe("Delete an account", "With its keys and aggregators.")
            .Answers(204).Refuses(404).RequiresIfMatch();
    }

    private static async Task<Answer> ListAsync(
        AccountId? after, PageLimit limit, string? prefix, AccountOperations accounts, CancellationToken cancellationToken)
    {
        if (!AccountPageRequest.IsIdPrefix(prefix ?? ""))
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "No id starts with this prefix");
        }

        var page = await accounts.ListPageAsync(new AccountPageRequest(after, limit.Value, prefix ?? ""), cancellationToken);
        return new(StatusCodes.Status200OK, new AccountPageBody(page.Accounts.Select(one => AccountBody.Of(one.Account)), page.Next?.ToString()));
    }

    private static async Task<Answer> CreateAsync(
        AdminCall call, JsonBody<NewAccount> body, HttpRequest request, AccountOperations accounts, CancellationToken cancellationToken)
    {
        if (!AccountId.TryParse(body.Value.Id, out var id))
        {
            return Answer.InvalidId("id");
        }

        var created = await accounts.CreateAsync(call.Operation, id, body.Value.ToSettings(), cancellationToken);
        var status = StatusCodes.Status201Created;
        if (created.Denial?.Error == OperationError.AccountExists
            && await accounts.FindAsync(id, cancellationToken) is { Value: { } existing } found && body.Value.Describes(existing))
        {
            (created, status) = (found, StatusCodes.Status200OK);
        }

        return Answer.Of(created, AccountBody.Of, status) is { Succeeded: true } answer
            ? answer with { Location = $"{request.PathBase}{AdminPaths.Root}/accounts/{id}" }
            : Answer.Denied(created.Denial!);
    }

    private static async Task<Answer> FindAsync(
        AccountId account, HttpRequest request, AccountOperations accounts, CancellationToken cancellationToken)
    {
        var answer = Answer.Of(await accounts.FindAsync(account, cancellationToken), AccountBody.Of);
        return answer.ETag is { } tag && EntityTags.IsNoneMatch(request, tag)
            ? new Answer(StatusCodes.Status304NotModified) { ETag = tag }
            : answer;
    }

    private static async Task<Answer> UpdateAsync(
        AdminCall call, AccountId account, JsonBody<AccountPatch> body, AccountOperations accounts, CancellationToken cancellationToken) =>
        Answer.Of(await accounts.UpdateAsync(call.Operation, account, body.Value.ToUpdate(), cancellationToken), AccountBody.Of);

    private static async Task<Answer> DeleteAsync(
        AdminCall call, AccountId account, AccountOperations accounts, CancellationToken cancellationToken) =>
        Answer.NoContent(await accounts.DeleteAsync(call.Operation, account, cancellationToken));
}
