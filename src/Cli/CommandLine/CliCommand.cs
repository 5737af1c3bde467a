using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Eventicat.Cli.CommandLine;

internal sealed class CliCommand(string name, string description, params string[] examples) : Command(name, description), IExamples
{
    public IReadOnlyList<string> Examples => examples;
}

/// <summary>A command whose help ends with how to use it.</summary>
internal interface IExamples
{
    /// <value>Whole command lines, at least one; the program's name stands first.</value>
    IReadOnlyList<string> Examples { get; }
}

/// <summary>The library's help, and below it the command's examples.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    /// <value>Who asks for help has not given the arguments yet.</value>
    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root)
    {
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        // Without the spellings of another system, which completion would offer first.
        var option = new HelpOption("--help", "-h", "-?");
        option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action!);
        root.Options.Add(option);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IExamples { Examples: var examples })
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return code;
    }
}
