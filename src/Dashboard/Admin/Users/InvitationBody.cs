using Eventicat.Dashboard.Admin.Answers;

namespace Eventicat.Dashboard.Admin.Users;

/// <param name="Name">Who is invited.</param>
/// <param name="Operator">Whether they may do everything.</param>
/// <param name="Account">Whose owner they become; null for an operator.</param>
/// <param name="Expires">When the link ends.</param>
/// <param name="Code">The link's secret, this once; null when the answer is given again.</param>
/// <param name="Link">Where they choose a password, once; null when the answer is given again.</param>
internal sealed record InvitationBody(string Name, bool Operator, string? Account, DateTimeOffset Expires, string? Code, string? Link) : IShownOnce
{
    public object WithoutSecret() => this with { Code = null, Link = null };

    /// <summary>A record's own would show the code to whatever logs it.</summary>
    public override string ToString() => $"invitation of {Name}";
}
