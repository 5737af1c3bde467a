using System.Text.Json.Serialization;
using Eventicat.Control.Users;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Users;

/// <param name="Name">The name that the user signs in with.</param>
/// <param name="Operator">Whether the user is an operator and may do everything.</param>
/// <param name="Account">The account that the user owns; null for an operator.</param>
/// <param name="Created">When the user was first invited.</param>
/// <param name="LastSignIn">When the user last signed in; null for never.</param>
/// <param name="InvitedUntil">When the open invitation expires; null if there is none.</param>
internal sealed record UserBody(
    string Name, bool Operator, string? Account, DateTimeOffset Created, DateTimeOffset? LastSignIn, DateTimeOffset? InvitedUntil)
{
    public static UserBody Of(User user) => new(
        user.Name.ToString(), user.Role == UserRole.Operator, user.Account?.ToString(), user.Created, user.LastSignIn, user.Invitation?.Expires);
}

internal sealed record UserPageBody(IEnumerable<UserBody> Users, string? Next)
{
    public const string Example = """
        {"users":[{"name":"ada@example.com","operator":false,"account":"acme","created":"2027-01-01T00:00:00+00:00","lastSignIn":null,
        "invitedUntil":"2027-01-04T00:00:00+00:00"}],"next":null}
        """;
}

/// <param name="Name">The name that the user signs in with.</param>
/// <param name="Account">The account that the user will own. Give either this or operator.</param>
/// <param name="Operator">Whether the user will be an operator and may do everything.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewUser(string Name, string? Account = null, bool Operator = false)
{
    public const string Example = """{"name":"ada@example.com","account":"acme"}""";
}

/// <param name="Name">The name of the invited user.</param>
/// <param name="Operator">Whether the user will be an operator and may do everything.</param>
/// <param name="Account">The account that the user will own; null for an operator.</param>
/// <param name="Expires">When the invitation expires.</param>
/// <param name="Code">The link's secret, in this answer only; null when the answer is given again.</param>
/// <param name="Link">Where the user chooses a password, once; null when the answer is given again.</param>
internal sealed record InvitationBody(string Name, bool Operator, string? Account, DateTimeOffset Expires, string? Code, string? Link) : IShownOnce
{
    public const string Example = """
        {"name":"ada@example.com","operator":false,"account":"acme","expires":"2027-01-04T00:00:00+00:00","code":"…",
        "link":"https://dashboard.example.com/welcome?user=ada%40example.com&code=…"}
        """;

    public object WithoutSecret() => this with { Code = null, Link = null };

    /// <summary>A record's own text would show the code in logs.</summary>
    public override string ToString() => $"invitation of {Name}";
}
