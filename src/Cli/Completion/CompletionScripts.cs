namespace Eventicat.Cli.Completion;

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
