using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Users;

/// <summary><c>eventicat user …</c></summary>
internal static class UserCommand
{
    public static Command Create() => new CliCommand(
        "user", "Users: who may sign in to the dashboard.",
        "eventicat user invite ada --operator", "eventicat user list")
    {
        InviteUser.Create(),
        ListUsers.Create(),
        DeleteUser.Create(),
    };
}
