using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Aggregators;

/// <summary><c>aggregator delete ACCOUNT ID</c></summary>
internal static class DeleteAggregator
{
    public static Command Create()
    {
        var (account, yes) = (Arguments.Account("ACCOUNT"), CommonOptions.Yes());
        var id = Arguments.Aggregator(account);
        return new CliCommand(
            "delete", "Deletes an aggregator; events for it are refused from then on.",
            "eventicat aggregator delete acme signups --yes")
        {
            account, id, yes,
        }.Runs(async (session, token) =>
        {
            Confirmation.Demand(session.Get(yes), $"Delete aggregator {session.Get(id)} of account {session.Get(account)}?");
            (await session.Aggregators.DeleteAsync(session.Context, session.Get(account), session.Get(id), token)).OrFail();
            session.Writer.Write(
                AggregatorOutput.ToBriefJson(session.Get(account), session.Get(id)), $"Deleted aggregator {session.Get(id)}.");
        });
    }
}
