using Eventicat.Accounts;
using Eventicat.Control.Auditing;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Auditing;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder admin) => admin.MapGet("/audit", ReadAsync).WithTags("Audit")
        .Describe("Read the audit log in pages", "Newest first, for all accounts or for one.")
        .Answers<AuditPageBody>(200, AuditPageBody.Example).Refuses(400);

    private static async Task<Answer> ReadAsync(
        AccountId? account, string? before, PageLimit limit, IAuditLog audit, CancellationToken cancellationToken)
    {
        var page = await audit.ReadAsync(new AuditQuery(account, before, limit.Value), cancellationToken);
        return new(StatusCodes.Status200OK, new AuditPageBody(page.Entries.Select(AuditEntryBody.Of), page.Next));
    }
}
