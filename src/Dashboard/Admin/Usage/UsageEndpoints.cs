using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Requests;
using Eventicat.Dashboard.Usage;

namespace Eventicat.Dashboard.Admin.Usage;

/// <summary>What the gateway has counted: 503 when the gateway does not answer, while the rest of the API works.</summary>
internal static class UsageEndpoints
{
    private const string UsageExample = """
        {"window":{"limit":1000,"window":"00:01:00","used":3,"remaining":997,"resetTime":1801483260},
        "minutes":[{"time":1801483200,"outcomes":{"forwarded":3},"urlKeys":0}],"hours":[],"keys":{"k3J9xQ2b":1801483201}}
        """;

    private const string UrlKeysExample = """{"accounts":[{"id":"acme","urlKeys":12,"last":1801483201}],"next":null}""";

    public static void MapUsage(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/accounts/{account}/usage", FindAsync).WithTags("Usage")
            .Describe("Read an account's usage", "The limit's window as of now, and requests by minute and hour.")
            .Answers<AccountUsage>(200, UsageExample).Refuses(404, 503);
        admin.MapGet("/url-keys", ListUrlKeysAsync).WithTags("Usage")
            .Describe("List accounts that still send keys in URLs", "Latest use first.")
            .Answers<UrlKeyAccounts>(200, UrlKeysExample).Refuses(400, 503);
    }

    private static async Task<Answer> FindAsync(
        AccountId account, AccountOperations accounts, GatewayUsage usage, CancellationToken cancellationToken)
    {
        var found = await accounts.FindAsync(account, cancellationToken);
        return !found.Succeeded ? Answer.Denied(found.Denial)
            : await usage.FindAsync(account, cancellationToken) is { } answer ? new(StatusCodes.Status200OK, answer)
            : Answer.Unavailable();
    }

    private static async Task<Answer> ListUrlKeysAsync(
        string? after, PageLimit limit, GatewayUsage usage, CancellationToken cancellationToken) =>
        await usage.ListUrlKeysAsync(after, limit.Value, cancellationToken) is { } page
            ? new(StatusCodes.Status200OK, page)
            : Answer.Unavailable();
}
