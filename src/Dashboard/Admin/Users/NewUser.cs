using System.Text.Json.Serialization;

namespace Eventicat.Dashboard.Admin.Users;

/// <param name="Name">What they sign in with.</param>
/// <param name="Account">The account they are to own. Either this or operator.</param>
/// <param name="Operator">Whether they may do everything.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewUser(string Name, string? Account = null, bool Operator = false);
