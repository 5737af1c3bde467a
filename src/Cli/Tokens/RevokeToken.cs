using System.CommandLine;
using System.Text.Json.Nodes;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Tokens;

/// <summary><c>token revoke ID</c></summary>
internal static class RevokeToken
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The token's id, as listed: the eight characters after its prefix." };
        var yes = CommonOptions.Yes();
        return new CliCommand("revoke", "Ends an operator token at once.", "eventicat token revoke k3J9xQ2b --yes")
        {
            id, yes,
        }.Runs(async (session, token) =>
        {
            Confirmation.Demand(session.Get(yes), "End this token at once?");
            if (!await session.Tokens.RevokeAsync(session.Actor, session.Get(id), token))
            {
                // What was given is not repeated: it may be the token itself.
                throw new CommandException("There is no token with this id.");
            }

            session.Writer.Write(new JsonObject { ["id"] = session.Get(id) }, $"Token {session.Get(id)} is revoked.");
        }, StoreNeed.Control);
    }
}
