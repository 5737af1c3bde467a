using Spectre.Console;

namespace Eventicat.Cli.Keys;

/// <summary>A secret comes from standard input: arguments show in process lists and shell histories.</summary>
internal static class SecretInput
{
    public static async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            return (await Console.In.ReadToEndAsync(cancellationToken)).Trim();
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.PromptAsync(new TextPrompt<string>("Key:").Secret(null), cancellationToken);
    }
}
