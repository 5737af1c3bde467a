using System.CommandLine;
using Eventicat.Control.Users;

namespace Eventicat.Cli.Users;

internal static class UserArguments
{
    public static Argument<UserName> Name() => new("NAME")
    {
        Description = "What they sign in with, an e-mail address for instance.",
        HelpName = "NAME",
        CustomParser = result =>
        {
            if (!UserName.TryParse(result.Tokens[0].Value, out var name))
            {
                result.AddError($"NAME must be {UserName.Rule}.");
            }

            return name;
        },
    };
}
