using System.Text.Json.Serialization;
using Eventicat.Control.Tokens;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Tokens;

/// <summary>An operator token without its secret.</summary>
/// <param name="Id">The token's public part.</param>
/// <param name="Name">The name that the audit log shows.</param>
/// <param name="Created">When the token was made.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
/// <param name="Used">When the token was last used, to the hour; null for never.</param>
internal sealed record TokenBody(string Id, string Name, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Used)
{
    public static TokenBody Of(TokenRecord token) => new(token.Id, token.Name, token.Created, token.Expires, token.Used);
}

internal sealed record TokenPageBody(IEnumerable<TokenBody> Tokens, string? Next)
{
    public const string Example = """
        {"tokens":[{"id":"Zk3J9xQ2","name":"deploy","created":"2027-01-01T00:00:00+00:00","expires":null,"used":null}],"next":null}
        """;
}

/// <param name="Name">The name that the audit log shows.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewTokenRequest(string Name, DateTimeOffset? Expires = null)
{
    public const string Example = """{"name":"deploy","expires":"2028-01-01T00:00:00Z"}""";
}

/// <param name="Id">The token's public part.</param>
/// <param name="Name">The name that the audit log shows.</param>
/// <param name="Created">When the token was made.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
/// <param name="Token">The token itself, in this answer only; null when the answer is given again.</param>
internal sealed record NewTokenBody(string Id, string Name, DateTimeOffset Created, DateTimeOffset? Expires, string? Token) : IShownOnce
{
    public const string Example = """
        {"id":"Zk3J9xQ2","name":"deploy","created":"2027-01-01T00:00:00+00:00","expires":"2028-01-01T00:00:00+00:00","token":"evo_Zk3J9xQ2_…"}
        """;

    public static NewTokenBody Of(NewToken made) =>
        new(made.Record.Id, made.Record.Name, made.Record.Created, made.Record.Expires, made.Secret.Reveal());

    public object WithoutSecret() => this with { Token = null };

    /// <summary>A record's own text would show the token in logs.</summary>
    public override string ToString() => $"token {Id}";
}
