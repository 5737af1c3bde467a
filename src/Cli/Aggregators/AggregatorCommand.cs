using System.CommandLine;
using System.Text.Json.Nodes;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Aggregators;

/// <summary><c>eventicat aggregator …</c></summary>
internal static class AggregatorCommand
{
    public static Command Create() => new("aggregator", "Aggregators: what an account's events are sent to.")
    {
        CreateCreate(), CreateList(), CreateDelete(),
    };

    private static Command CreateCreate()
    {
        var (account, id, name) = (Arguments.Account("ACCOUNT"), Arguments.AggregatorOption(), CommonOptions.Name());
        return new Command("create", "Creates an aggregator.") { account, id, name }.Runs(async (session, token) =>
        {
            var created = (await session.Aggregators.CreateAsync(session.Context, session.Get(account), session.Get(id), session.Get(name), token)).OrFail();
            session.Writer.Write(Brief(session.Get(account), created.Id), created.Id.ToString());
        });
    }

    private static Command CreateList()
    {
        var account = Arguments.Account("ACCOUNT");
        return new Command("list", "Lists an account's aggregators.") { account }.Runs(async (session, token) =>
        {
            var found = (await session.Accounts.FindAsync(session.Get(account), token)).OrFail();
            await session.Writer.WriteListAsync(
                found.Aggregators.ToAsyncEnumerable(),
                aggregator => AggregatorOutput.ToJson(found.Id, aggregator),
                AggregatorOutput.Columns,
                AggregatorOutput.ToRow);
        });
    }

    private static Command CreateDelete()
    {
        var (account, id, yes) = (Arguments.Account("ACCOUNT"), Arguments.Aggregator(), CommonOptions.Yes());
        return new Command("delete", "Deletes an aggregator; events for it are refused from then on.") { account, id, yes }
            .Runs(async (session, token) =>
            {
                Confirmation.Demand(session.Get(yes), $"Delete aggregator {session.Get(id)} of account {session.Get(account)}?");
                (await session.Aggregators.DeleteAsync(session.Context, session.Get(account), session.Get(id), token)).OrFail();
                session.Writer.Write(Brief(session.Get(account), session.Get(id)), $"Deleted aggregator {session.Get(id)}.");
            });
    }

    private static JsonObject Brief(AccountId account, AggregatorId id) =>
        new() { ["id"] = id.ToString(), ["account"] = account.ToString() };
}
