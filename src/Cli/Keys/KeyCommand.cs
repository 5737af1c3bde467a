using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Keys;

/// <summary><c>eventicat key …</c></summary>
internal static class KeyCommand
{
    public static Command Create() => new CliCommand(
        "key", "API keys: what an account authenticates with.",
        "eventicat key create acme --name production", "eventicat key list acme")
    {
        CreateKey.Create(),
        ListKeys.Create(),
        RegenerateKey.Create(),
        RevokeKey.Create(),
        ReportLeak.Create(),
        ImportKey.Create(),
    };
}
