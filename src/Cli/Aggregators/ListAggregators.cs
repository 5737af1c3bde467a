using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Aggregators;

/// <summary><c>aggregator list ACCOUNT</c></summary>
internal static class ListAggregators
{
    public static Command Create()
    {
        var account = Arguments.Account("ACCOUNT");
        return new CliCommand("list", "Lists an account's aggregators.", "eventicat aggregator list acme")
        {
            account,
        }.Runs(async (session, token) =>
        {
            var found = (await session.Accounts.FindAsync(session.Get(account), token)).OrFail();
            await session.Writer.WriteListAsync(
                found.Aggregators.ToAsyncEnumerable(),
                aggregator => AggregatorOutput.ToJson(found.Id, aggregator),
                AggregatorOutput.Columns,
                AggregatorOutput.ToRow);
        });
    }
}
