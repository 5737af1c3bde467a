using System.Text.Json.Nodes;
using Eventicat.Accounts;
using Eventicat.Cli.Output;
using Eventicat.Control.Users;

namespace Eventicat.Cli.Users;

internal static class UserOutput
{
    public static readonly string[] Columns = ["Name", "Role", "Account", "State", "Last sign-in"];

    private const string Operator = "operator";
    private const string Owner = "owner";

    /// <summary>Never the password's hash.</summary>
    public static JsonObject ToJson(User user) => new()
    {
        ["id"] = user.Name.ToString(),
        ["role"] = user.Role == UserRole.Operator ? Operator : Owner,
        ["account"] = user.Account?.ToString(),
        ["state"] = State(user),
        ["created"] = Formats.Moment(user.Created),
        ["lastSignIn"] = Formats.Moment(user.LastSignIn),
    };

    public static string[] ToRow(User user) =>
    [
        user.Name.ToString(),
        user.Role == UserRole.Operator ? Operator : Owner,
        user.Account?.ToString() ?? "-",
        State(user),
        Formats.Moment(user.LastSignIn) ?? "-",
    ];

    /// <summary>The one time that a link is shown. The note is no part of the result, so that a script gets the link alone.</summary>
    public static void WriteOnce(ResultWriter writer, Invitation invitation, AccountId? account, Uri dashboard)
    {
        var json = new JsonObject
        {
            ["id"] = invitation.User.ToString(),
            ["role"] = account is null ? Operator : Owner,
            ["account"] = account?.ToString(),
            ["link"] = invitation.LinkFrom(dashboard),
            ["expires"] = Formats.Moment(invitation.Expires),
        };
        writer.Write(json, invitation.LinkFrom(dashboard));
        if (!writer.IsJson)
        {
            Console.Error.WriteLine(
                $"This link sets the password of {invitation.User}, once, until {Formats.Moment(invitation.Expires)}. It is shown only this once.");
        }
    }

    private static string State(User user)
    {
        var now = TimeProvider.System.GetUtcNow();
        return user.LockoutEnd > now ? "locked"
            : user.PasswordHash is not null || user.LastSignIn is not null ? "active"
            : user.Invitation?.Expires > now ? "invited"
            : "invitation ended";
    }
}
