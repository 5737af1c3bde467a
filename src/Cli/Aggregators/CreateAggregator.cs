using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Aggregators;

/// <summary><c>aggregator create ACCOUNT</c></summary>
internal static class CreateAggregator
{
    public static Command Create()
    {
        var (account, id, name) = (Arguments.Account("ACCOUNT"), Arguments.NewAggregatorOption(), CommonOptions.Name());
        return new CliCommand(
            "create", "Creates an aggregator.",
            "eventicat aggregator create acme --name Sign-ups", "eventicat aggregator create acme --id signups")
        {
            account, id, name,
        }.Runs(async (session, token) =>
        {
            var created = (await session.Aggregators.CreateAsync(session.Context, session.Get(account), session.Get(id), session.Get(name), token)).OrFail();
            session.Writer.Write(AggregatorOutput.ToBriefJson(session.Get(account), created.Id), created.Id.ToString());
        });
    }
}
