using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.Answers;
using Eventicat.Dashboard.Admin.Document;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Leaks;

internal static class LeakEndpoints
{
    public static void MapLeaks(this IEndpointRouteBuilder admin) => admin.MapPost("/keys/report-leak", ReportAsync).WithTags("Keys")
        .Describe("Report a leaked key", "Revokes it at once. Takes one key, or an array of objects with a token as secret scanners send it, and answers an array with one result each.")
        .Takes(Examples.LeakReport).Answers<LeakBody>(200, Examples.Leak).Refuses(400, 404);

    private static async Task<Answer> ReportAsync(
        AdminCall call, JsonBody<JsonDocumentBody> body, KeyOperations keys, CancellationToken cancellationToken)
    {
        if (LeakReport.Read(body.Value.Root) is not { } report)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "The body must be an object with a key or an array of objects with a token");
        }

        // Which version of the account somebody has seen is no reason to leave a leaked key working.
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
