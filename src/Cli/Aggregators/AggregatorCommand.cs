using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Aggregators;

/// <summary><c>eventicat aggregator …</c></summary>
internal static class AggregatorCommand
{
    public static Command Create() => new CliCommand(
        "aggregator", "Aggregators: what an account's events are sent to.",
        "eventicat aggregator create acme --name Sign-ups", "eventicat aggregator list acme")
    {
        CreateAggregator.Create(),
        ListAggregators.Create(),
        RenameAggregator.Create(),
        DeleteAggregator.Create(),
    };
}
