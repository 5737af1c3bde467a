using System.CommandLine;
using Eventicat.Cli.Accounts;
using Eventicat.Cli.Aggregators;
using Eventicat.Cli.CommandLine;
using Eventicat.Cli.Dev;
using Eventicat.Cli.Import;
using Eventicat.Cli.Keys;

var root = new RootCommand("Accounts, API keys and aggregators of an Eventicat deployment.")
{
    CommonOptions.Accounts,
    CommonOptions.Redis,
    CommonOptions.Json,
    AccountCommand.Create(),
    KeyCommand.Create(),
    AggregatorCommand.Create(),
    ImportCommand.Create(),
    DevCommand.Create(),
};
return await CommandRunner.RunAsync(root, args);
