using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Tokens;

/// <summary><c>eventicat token …</c></summary>
internal static class TokenCommand
{
    public static Command Create() => new CliCommand(
        "token", "Operator tokens: what programs use the admin API with.",
        "eventicat token create deploy --expires 90d", "eventicat token list")
    {
        CreateToken.Create(),
        ListTokens.Create(),
        RevokeToken.Create(),
    };
}
