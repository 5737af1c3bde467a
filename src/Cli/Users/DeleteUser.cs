using System.CommandLine;
using System.Text.Json.Nodes;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Users;

/// <summary><c>user delete NAME</c></summary>
internal static class DeleteUser
{
    public static Command Create()
    {
        var (name, yes) = (UserArguments.Name(), CommonOptions.Yes());
        return new CliCommand("delete", "Deletes a user and ends their sessions.", "eventicat user delete ada --yes")
        {
            name, yes,
        }.Runs(async (session, token) =>
        {
            var user = session.Get(name);
            Confirmation.Demand(session.Get(yes), $"Delete user {user}?");
            if (!await session.Users.DeleteAsync(session.Actor, user, token))
            {
                throw new CommandException($"There is no user '{user}'.");
            }

            session.Writer.Write(new JsonObject { ["id"] = user.ToString() }, $"Deleted user {user}.");
        }, StoreNeed.Control);
    }
}
