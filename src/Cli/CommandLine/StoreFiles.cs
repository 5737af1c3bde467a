using System.CommandLine;
using Eventicat.Control;

namespace Eventicat.Cli.CommandLine;

/// <summary>Finds out early that a file is not there: only where it was named here, since a default or a configured one may be yet to come.</summary>
internal static class StoreFiles
{
    public static void Demand(StoreNeed need, ParseResult parsed, IConfiguration configuration)
    {
        var (accounts, control) = (parsed.GetValue(CommonOptions.Accounts), parsed.GetValue(CommonOptions.Control));
        if (need == StoreNeed.Accounts && accounts is not null && !Path.Exists(accounts))
        {
            throw Missing("accounts file", accounts);
        }

        if (need != StoreNeed.Control)
        {
            return;
        }

        if (control is not null && !File.Exists(control))
        {
            throw Missing("control store", control);
        }

        // Accounts from a repository have no control store beside them yet, and the first operator comes before any account.
        if (control is null && accounts is not null && !File.Exists(accounts) && !File.Exists(configuration.FindControlFile()))
        {
            throw Missing("accounts file", accounts);
        }
    }

    private static CommandException Missing(string what, string path) =>
        new($"There is no {what} '{path}'.");
}
