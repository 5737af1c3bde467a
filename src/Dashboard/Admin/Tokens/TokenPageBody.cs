namespace Eventicat.Dashboard.Admin.Tokens;

internal sealed record TokenPageBody(IEnumerable<TokenBody> Tokens, string? Next);
