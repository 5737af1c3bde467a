namespace Eventicat.Cli.CommandLine;

/// <summary>A command whose help ends with how to use it.</summary>
internal interface IExamples
{
    /// <value>Whole command lines, at least one; the program's name stands first.</value>
    IReadOnlyList<string> Examples { get; }
}
