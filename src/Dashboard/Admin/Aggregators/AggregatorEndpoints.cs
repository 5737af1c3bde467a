using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Aggregators;

internal static class AggregatorEndpoints
{
    public static void MapAggregators(this IEndpointRouteBuilder admin)
    {
        var aggregators = admin.MapGroup("/accounts/{account}/aggregators").WithTags("Aggregators");
        aggregators.MapGet("", ListAsync).Describe("List an account's aggregators")
            .Answers<AggregatorListBody>(200, AggregatorListBody.Example).Refuses(404);
        aggregators.MapPost("", CreateAsync).Describe("Create an aggregator", "The id is unique in the deployment; a random one if missing.")
            .Takes(AggregatorBody.Example).Answers<AggregatorBody>(201, AggregatorBody.Example).Refuses(400, 404, 409).Idempotent().HonoursIfMatch();
        aggregators.MapPatch("/{aggregator}", RenameAsync).Describe("Rename an aggregator")
            .Takes(AggregatorPatch.Example).Answers<AggregatorBody>(200, AggregatorBody.Example).Refuses(400, 404).HonoursIfMatch();
        aggregators.MapDelete("/{aggregator}", DeleteAsync).Describe("Delete an aggregator", "Stored events stay in the sink.")
            .Answers(204).Refuses(404).HonoursIfMatch();
    }

    private static async Task<Answer> ListAsync(AccountId account, AccountOperations accounts, CancellationToken cancellationToken)
    {
        var found = await accounts.FindAsync(account, cancellationToken);
        return found.Succeeded
            ? new(StatusCodes.Status200OK, new AggregatorListBody(found.Value.Aggregators.Select(AggregatorBody.Of)))
            : Answer.Denied(found.Denial);
    }

    private static async Task<Answer> CreateAsync(
        AdminCall call, AccountId account, JsonBody<NewAggregator> body, AggregatorOperations aggregators, CancellationToken cancellationToken)
    {
        AggregatorId? id = null;
        if (body.Value.Id is { } text)
        {
            if (!AggregatorId.TryParse(text, out var chosen))
            {
                return Answer.InvalidId("id");
            }

            id = chosen;
        }

        var created = await aggregators.CreateAsync(call.Operation, account, id, body.Value.Name, cancellationToken);
        return Answer.Of(created, AggregatorBody.Of, StatusCodes.Status201Created);
    }

    private static async Task<Answer> RenameAsync(
        AdminCall call, AccountId account, AggregatorId aggregator, JsonBody<AggregatorPatch> body, AggregatorOperations aggregators,
        CancellationToken cancellationToken) =>
        Answer.Of(await aggregators.RenameAsync(call.Operation, account, aggregator, body.Value.Name, cancellationToken), AggregatorBody.Of);

    private static async Task<Answer> DeleteAsync(
        AdminCall call, AccountId account, AggregatorId aggregator, AggregatorOperations aggregators, CancellationToken cancellationToken) =>
        Answer.NoContent(await aggregators.DeleteAsync(call.Operation, account, aggregator, cancellationToken));
}
