using System.Text.Json.Serialization;
using Eventicat.Accounts;

namespace Eventicat.Dashboard.Admin.Accounts;

/// <param name="Permits">Requests in any window, 1 to 1000000.</param>
/// <param name="Window">The window's length, hh:mm:ss, at most 31 days.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LimitBody(int Permits, TimeSpan Window)
{
    public static LimitBody? Of(AccountLimit? limit) => limit is null ? null : new(limit.Permits, limit.Window);

    public AccountLimit ToLimit() => new(Permits, Window);
}
