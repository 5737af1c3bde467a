using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Keys;

/// <summary><c>key list ACCOUNT</c></summary>
internal static class ListKeys
{
    public static Command Create()
    {
        var account = Arguments.Account("ACCOUNT");
        return new CliCommand(
            "list", "Lists an account's keys, revoked ones too, and when each was last used.",
            "eventicat key list acme", "eventicat key list acme --json")
        {
            account,
        }.Runs(async (session, token) =>
        {
            var found = (await session.Accounts.FindAsync(session.Get(account), token)).OrFail();
            var used = await KeyUseDays.ReadAsync(session.KeyUse, found.Id, token);
            await session.Writer.WriteListAsync(
                found.Keys.ToAsyncEnumerable(),
                key => KeyOutput.ToListedJson(found.Id, key, used.Of(key.Id)),
                KeyOutput.Columns,
                key => KeyOutput.ToRow(key, used.Of(key.Id)));
        });
    }
}
