namespace Eventicat.Cli.CommandLine;

/// <summary>Ends a command with this one line on the error output.</summary>
internal sealed class CommandException(string message) : Exception(message);
