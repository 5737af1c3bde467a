using Eventicat.Cli.Output;

namespace Eventicat.Cli.CommandLine;

/// <summary>Asks before something that cannot be undone.</summary>
internal static class Confirmation
{
    /// <summary>Where nobody can answer, <c>--yes</c> has to be given.</summary>
    public static void Demand(bool yes, string question)
    {
        if (!yes && Console.IsInputRedirected)
        {
            throw new CommandException("This cannot be undone: it needs --yes.");
        }

        Ask(yes, question);
    }

    /// <summary>Where nobody can answer, goes ahead: whoever ends a leaked key from a script must not be stopped by a missing word.</summary>
    public static void Ask(bool yes, string question)
    {
        if (yes || Console.IsInputRedirected)
        {
            return;
        }

        Console.Error.Write($"{OneLine.Of(question)} [y/N] ");
        if (Console.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new CommandException("Nothing was changed.");
        }
    }
}
