using System.CommandLine;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Tokens;

namespace Eventicat.Cli.Tokens;

/// <summary><c>token create NAME</c></summary>
internal static class CreateToken
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "What it is for; the audit log names whoever uses it so." };
        var expires = TimeOptions.Moment("--expires", "When the token ends. Default: never.");
        return new CliCommand("create", "Creates an operator token and shows it, once.", "eventicat token create deploy --expires 90d")
        {
            name, expires,
        }.Runs(async (session, token) =>
        {
            if (TokenOperations.ValidateName(session.Get(name)) is { } rule)
            {
                throw new CommandException($"{rule}.");
            }

            if (session.Get(expires) is { } end && end <= TimeProvider.System.GetUtcNow())
            {
                throw new CommandException("The expiry must be in the future.");
            }

            var created = await session.Tokens.CreateAsync(session.Actor, session.Get(name), session.Get(expires), token);
            TokenOutput.WriteOnce(session.Writer, created);
        }, StoreNeed.Nothing);
    }
}
