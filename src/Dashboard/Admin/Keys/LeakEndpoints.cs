using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Keys;

internal static class LeakEndpoints
{
    public static void MapLeaks(this IEndpointRouteBuilder admin) => admin.MapPost("/keys/report-leak", ReportAsync).WithTags("Keys")
        .Describe("Report a leaked key", "Revokes the key at once. The body is one key, or an array of objects with a token, as secret scanners send it; the answer to an array has one result for each.")
        .Takes(LeakReport.Example).Answers<LeakBody>(200, LeakBody.Example).Refuses(400, 404);

    private static async Task<Answer> ReportAsync(
        AdminCall call, JsonBody<JsonDocumentBody> body, KeyOperations keys, CancellationToken cancellationToken)
    {
        if (LeakReport.Read(body.Value.Root) is not { } report)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "The body must be an object with a key or an array of objects with a token");
        }

        // If-Match does not count here: a leaked key ends whatever version of the account the caller has seen.
        var context = new OperationContext(call.Actor);
        var results = new List<OperationResult<LeakedKey>>(report.Keys.Count);
        foreach (var key in report.Keys)
        {
            results.Add(await keys.ReportLeakAsync(context, key, cancellationToken));
        }

        return report.IsList
            ? new(StatusCodes.Status200OK, results.ConvertAll(one => one.Succeeded ? LeakBody.Of(one.Value) : LeakBody.Of(one.Denial)))
            : Answer.Of(results[0], LeakBody.Of);
    }
}
