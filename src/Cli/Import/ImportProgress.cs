using System.Globalization;
using Spectre.Console;

namespace Eventicat.Cli.Import;

/// <summary>A progress bar on the error output where that is a terminal; nothing elsewhere.</summary>
internal static class ImportProgress
{
    /// <summary>Often enough to look alive, seldom enough to cost nothing.</summary>
    private const long LinesPerUpdate = 500;

    /// <param name="input">How far it is read is how far the import is; a pipe has no end that could be known.</param>
    /// <param name="run">The import; it reports each line that is done.</param>
    public static Task ShowAsync(Stream input, Func<Action<long>, Task> run)
    {
        if (Console.IsErrorRedirected)
        {
            return run(static _ => { });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            // The library looks at standard input too, which is the import's where it is a pipe.
            Interactive = InteractionSupport.Yes,
        });
        return console.Progress().StartAsync(async context =>
        {
            var bar = context.AddTask("Importing", maxValue: input.CanSeek ? Math.Max(1, input.Length) : 1);
            bar.IsIndeterminate = !input.CanSeek;
            var done = 0L;
            await run(lines =>
            {
                done = lines;
                if (lines % LinesPerUpdate == 0)
                {
                    bar.Description = Describe(lines);
                    bar.Value = input.CanSeek ? input.Position : 0;
                }
            });
            // Not where the import failed: there the bar stays where it got to.
            bar.Description = Describe(done);
            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
        });
    }

    private static string Describe(long lines) => string.Create(CultureInfo.InvariantCulture, $"{lines} accounts");
}
