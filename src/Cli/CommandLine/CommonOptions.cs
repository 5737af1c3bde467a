using System.CommandLine;

namespace Eventicat.Cli.CommandLine;

/// <summary>Options that every command has.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Accounts = new("--accounts")
    {
        Description = "The accounts file. Default: Accounts__File, else Redis__Connection, else accounts.json.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<string?> Redis = new("--redis")
    {
        Description = "The Redis that holds the accounts, as in Redis__Connection.",
        HelpName = "CONN",
        Recursive = true,
    };

    public static readonly Option<string?> Control = new("--control")
    {
        Description = "The file with users, tokens and the audit log. Default: Control__Path, else beside the accounts.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Writes one JSON object or array, and nothing else.",
        Recursive = true,
    };

    public static Option<bool> Yes() => new("--yes") { Description = "Goes ahead without asking." };

    public static Option<string> Name() => new("--name")
    {
        Description = "What people call it.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "",
    };
}
