using System.CommandLine;
using System.CommandLine.Parsing;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Tests;

public sealed class ExamplesTests
{
    public static TheoryData<string> Commands => [.. Walk(new EventicatCommand(), "eventicat").Select(found => found.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_Examples_AreOfItAndParse(string path)
    {
        var root = new EventicatCommand();
        var command = Walk(root, "eventicat").Single(found => found.Path == path).Command;

        var examples = Assert.IsType<IExamples>(command, exactMatch: false).Examples;

        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            // What is before a pipe and after a redirection is the shell's.
            var line = example[example.IndexOf("eventicat ", StringComparison.Ordinal)..].Split(['<', '>'])[0];
            Assert.StartsWith(path, line, StringComparison.Ordinal);
            Assert.Empty(root.Parse([.. CommandLineParser.SplitCommandLine(line).Skip(1)]).Errors);
        }
    }

    private static IEnumerable<(string Path, Command Command)> Walk(Command command, string path) =>
        command.Subcommands.SelectMany(child => Walk(child, $"{path} {child.Name}")).Prepend((path, command));
}
