using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Aggregators;

/// <summary><c>aggregator rename ACCOUNT ID NAME</c></summary>
internal static class RenameAggregator
{
    public static Command Create()
    {
        var (account, name) = (Arguments.Account("ACCOUNT"), Arguments.NewName());
        var id = Arguments.Aggregator(account);
        return new CliCommand("rename", "Gives an aggregator another name; its id stays.", "eventicat aggregator rename acme signups \"Sign-ups\"")
        {
            account, id, name,
        }.Runs(async (session, token) =>
        {
            var renamed = (await session.Aggregators.RenameAsync(session.Context, session.Get(account), session.Get(id), session.Get(name), token)).OrFail();
            session.Writer.Write(
                AggregatorOutput.ToJson(session.Get(account), renamed), $"Aggregator {renamed.Id} is named '{renamed.Name}'.");
        });
    }
}
