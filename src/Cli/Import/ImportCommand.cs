using System.CommandLine;
using Eventicat.Cli.CommandLine;
using Eventicat.Cli.Output;
using Eventicat.Control.Import;

namespace Eventicat.Cli.Import;

/// <summary><c>eventicat import FILE|-</c></summary>
internal static class ImportCommand
{
    /// <summary>Who imports the wrong file does not need a million lines to see it.</summary>
    private const long MaxErrorsShown = 20;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Accounts as NDJSON, one a line; - for standard input." };
        return new CliCommand(
            "import", "Stores accounts as given, one JSON object a line.",
            "eventicat import accounts.ndjson", "zcat accounts.ndjson.gz | eventicat import -")
        {
            file,
        }.Runs(async (session, token) =>
        {
            await using var input = Open(session.Get(file));
            using var reader = new StreamReader(input);
            var totals = new ImportTotals();
            await ImportProgress.ShowAsync(input, report => RunAsync(session.Import.RunAsync(session.Actor, reader, token), totals, report));
            session.Failed = totals.Failed > 0;
            session.Writer.Write(totals.ToJson(), totals.ToString());
        }, StoreNeed.Nothing);
    }

    private static async Task RunAsync(
        IAsyncEnumerable<ImportedLine> lines, ImportTotals totals, Action<long> report)
    {
        await foreach (var line in lines)
        {
            totals.Add(line);
            if (line.Error is not null && totals.Failed <= MaxErrorsShown)
            {
                Console.Error.WriteLine(OneLine.Of($"line {line.Number}: {line.Error}"));
            }

            report(totals.Lines);
        }

        if (totals.Failed > MaxErrorsShown)
        {
            Console.Error.WriteLine($"and {totals.Failed - MaxErrorsShown} more lines failed");
        }
    }

    private static Stream Open(string file) => file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
}
