using System.CommandLine;
using System.Text.Json.Nodes;
using Eventicat.Cli.CommandLine;
using Eventicat.Cli.Output;

namespace Eventicat.Cli.Completion;

/// <summary><c>eventicat completion SHELL</c></summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"{string.Join(", ", CompletionScripts.Shells)}." };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        var command = new CliCommand(
            "completion", "Writes a script with which a shell completes commands, options and ids.",
            "eventicat completion bash > ~/.local/share/bash-completion/completions/eventicat",
            "eventicat completion zsh > \"${fpath[1]}/_eventicat\"",
            "eventicat completion fish > ~/.config/fish/completions/eventicat.fish")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            var (name, script) = (parsed.GetValue(shell)!, CompletionScripts.Of(parsed.GetValue(shell)!));
            new ResultWriter(Console.Out, parsed.GetValue(CommonOptions.Json))
                .Write(new JsonObject { ["shell"] = name, ["script"] = script }, script.TrimEnd());
        });
        return command;
    }
}

/// <summary>The scripts beside this file. Each asks the command itself, with <c>[suggest:POSITION]</c> and the line so far.</summary>
internal static class CompletionScripts
{
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish"];

    public static string Of(string shell)
    {
        using var stream = typeof(CompletionScripts).Assembly.GetManifestResourceStream(typeof(CompletionScripts), $"eventicat.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
