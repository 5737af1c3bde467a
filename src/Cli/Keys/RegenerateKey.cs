using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Keys;

/// <summary><c>key regenerate ACCOUNT KEY_ID</c></summary>
internal static class RegenerateKey
{
    public static Command Create()
    {
        var (account, yes) = (Arguments.Account("ACCOUNT"), CommonOptions.Yes());
        var id = Arguments.Key(account);
        var grace = TimeOptions.Duration("--grace", "How long the old key still works. Default: not at all.");
        return new CliCommand(
            "regenerate", "Replaces a key by a new one of the same name and scopes, and shows that, once.",
            "eventicat key regenerate acme k3J9xQ2b --grace 1h")
        {
            account, id, grace, yes,
        }.Runs(async (session, token) =>
        {
            if (session.Get(grace) is not { } rest || rest == TimeSpan.Zero)
            {
                Confirmation.Ask(session.Get(yes), $"Without --grace, key {session.Get(id)} ends at once. Go ahead?");
            }

            var key = (await session.Keys.RegenerateAsync(session.Context, session.Get(account), session.Get(id), session.Get(grace), token)).OrFail();
            KeyOutput.WriteOnce(session.Writer, session.Get(account), key);
        });
    }
}
