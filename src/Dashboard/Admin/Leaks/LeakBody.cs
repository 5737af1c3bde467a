using System.Text.Json.Serialization;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Admin.Leaks;

/// <summary>What became of a reported key; names it by its id only.</summary>
/// <param name="Account">Whose it was.</param>
/// <param name="Key">Its public id.</param>
/// <param name="Revoked">Since when it no longer works.</param>
/// <param name="Error">Why there is nothing of that: no account has the key.</param>
internal sealed record LeakBody(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Account,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Revoked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error)
{
    public static LeakBody Of(LeakedKey leaked) => new(leaked.Account.ToString(), leaked.Key.Id.ToString(), leaked.Key.Revoked, null);

    public static LeakBody Of(Denial denial) => new(null, null, null, denial.Message);
}
