using System.CommandLine;

namespace Eventicat.Cli.CommandLine;

internal sealed class CliCommand(string name, string description, params string[] examples) : Command(name, description), IExamples
{
    public IReadOnlyList<string> Examples => examples;
}
