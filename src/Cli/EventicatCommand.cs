using System.CommandLine;
using Eventicat.Cli.Accounts;
using Eventicat.Cli.Aggregators;
using Eventicat.Cli.Audit;
using Eventicat.Cli.CommandLine;
using Eventicat.Cli.Completion;
using Eventicat.Cli.Dev;
using Eventicat.Cli.Import;
using Eventicat.Cli.Keys;
using Eventicat.Cli.Tokens;
using Eventicat.Cli.Users;
using Eventicat.Cli.Verify;

namespace Eventicat.Cli;

/// <summary><c>eventicat</c>: everything that it can do.</summary>
internal sealed class EventicatCommand : RootCommand, IExamples
{
    public EventicatCommand()
        : base("Accounts, API keys and aggregators of an Eventicat deployment, and who may see to them.")
    {
        Add(CommonOptions.Accounts);
        Add(CommonOptions.Redis);
        Add(CommonOptions.Control);
        Add(CommonOptions.Json);
        Add(DevCommand.Create());
        Add(AccountCommand.Create());
        Add(KeyCommand.Create());
        Add(AggregatorCommand.Create());
        Add(ImportCommand.Create());
        Add(UserCommand.Create());
        Add(TokenCommand.Create());
        Add(AuditCommand.Create());
        Add(VerifyCommand.Create());
        Add(CompletionCommand.Create());
        HelpWithExamples.AddTo(this);
    }

    public IReadOnlyList<string> Examples => ["eventicat dev", "eventicat account create acme", "eventicat key create acme --name production"];
}
