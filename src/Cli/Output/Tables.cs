using Spectre.Console;

namespace Eventicat.Cli.Output;

internal static class Tables
{
    public static Table Of(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(columns);
        foreach (var row in rows)
        {
            // As text, not as markup: names may contain brackets.
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        return table;
    }
}
