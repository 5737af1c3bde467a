using Eventicat.Control.Operations;

namespace Eventicat.Cli.CommandLine;

internal static class OperationResultExtensions
{
    /// <summary>The result's value; a denial ends the command with its text.</summary>
    public static T OrFail<T>(this OperationResult<T> result)
        where T : class =>
        result.Succeeded ? result.Value : throw new CommandException($"{result.Denial.Message}.");
}
