using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Accounts;

/// <summary><c>eventicat account …</c></summary>
internal static class AccountCommand
{
    public static Command Create() => new CliCommand(
        "account", "Accounts: who is authenticated and limited.",
        "eventicat account create acme --permits 1000 --window 1m", "eventicat account list --prefix ac")
    {
        CreateAccount.Create(),
        ListAccounts.Create(),
        ShowAccount.Create(),
        RenameAccount.Create(),
        LimitAccount.Create(),
        SetUrlKeys.Create(),
        DisableAccount.Create(),
        EnableAccount.Create(),
        DeleteAccount.Create(),
    };
}
