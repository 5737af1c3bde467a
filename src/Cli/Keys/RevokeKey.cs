using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Keys;

/// <summary><c>key revoke ACCOUNT KEY_ID</c></summary>
internal static class RevokeKey
{
    public static Command Create()
    {
        var (account, yes) = (Arguments.Account("ACCOUNT"), CommonOptions.Yes());
        var id = Arguments.Key(account);
        return new CliCommand("revoke", "Ends a key at once.", "eventicat key revoke acme k3J9xQ2b")
        {
            account, id, yes,
        }.Runs(async (session, token) =>
        {
            Confirmation.Ask(session.Get(yes), $"End key {session.Get(id)} of account {session.Get(account)} at once?");
            var changed = (await session.Keys.RevokeAsync(session.Context, session.Get(account), session.Get(id), token)).OrFail();
            var key = changed.Keys.First(key => key.Id == session.Get(id));
            session.Writer.Write(KeyOutput.ToJson(changed.Id, key), $"Key {key.Id} of account {changed.Id} is revoked.");
        });
    }
}
