using Eventicat.Cli.Output;

namespace Eventicat.Cli.CommandLine;

/// <summary>Asks before something that cannot be undone; where nobody can answer, <c>--yes</c> has to be given.</summary>
internal static class Confirmation
{
    public static void Demand(bool yes, string question)
    {
        if (yes)
        {
            return;
        }

        if (Console.IsInputRedirected)
        {
            throw new CommandException("This cannot be undone: it needs --yes.");
        }

        Console.Error.Write($"{OneLine.Of(question)} [y/N] ");
        if (Console.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new CommandException("Nothing was changed.");
        }
    }
}
