using Eventicat.Control.Tokens;
using Eventicat.Dashboard.Admin.Answers;

namespace Eventicat.Dashboard.Admin.Tokens;

/// <param name="Id">The public part.</param>
/// <param name="Name">What the audit log calls its bearer.</param>
/// <param name="Created">When.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
/// <param name="Token">The token itself, this once; null when the answer is given again.</param>
internal sealed record NewTokenBody(string Id, string Name, DateTimeOffset Created, DateTimeOffset? Expires, string? Token) : IShownOnce
{
    public static NewTokenBody Of(NewToken made) =>
        new(made.Record.Id, made.Record.Name, made.Record.Created, made.Record.Expires, made.Secret.Reveal());

    public object WithoutSecret() => this with { Token = null };

    /// <summary>A record's own would show the token to whatever logs it.</summary>
    public override string ToString() => $"token {Id}";
}
