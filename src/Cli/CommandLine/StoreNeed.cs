namespace Eventicat.Cli.CommandLine;

/// <summary>What has to be there already where the command line itself names a file: a new one for a mistyped name would say that all is gone.</summary>
internal enum StoreNeed
{
    /// <summary>The command makes what is missing.</summary>
    Nothing,

    Accounts,

    /// <summary>Users, tokens and the audit log, which come into being after the accounts, or before.</summary>
    Control,
}
