using Eventicat.Control.Tokens;

namespace Eventicat.Dashboard.Admin.Tokens;

/// <summary>What is known of an operator token: never the token.</summary>
/// <param name="Id">The public part.</param>
/// <param name="Name">What the audit log calls its bearer.</param>
/// <param name="Created">When.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
/// <param name="Used">When last, to the hour; null for never.</param>
internal sealed record TokenBody(string Id, string Name, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Used)
{
    public static TokenBody Of(TokenRecord token) => new(token.Id, token.Name, token.Created, token.Expires, token.Used);
}
