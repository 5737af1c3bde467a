using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Eventicat.Cli.Output;

/// <summary>Writes a command's result to standard output, for people or as JSON.</summary>
internal sealed class ResultWriter(TextWriter output, bool json)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Wide enough that nothing wraps where no terminal limits the width: scripts read lines.</summary>
    private const int UnlimitedWidth = 10_000;

    /// <value>For people: notes that are no part of a result go to the error output.</value>
    public bool IsJson => json;

    public void Write(JsonObject value, string text) => output.WriteLine(json ? value.ToJsonString(Relaxed) : text);

    public void Write(JsonObject value, Table table)
    {
        if (json)
        {
            output.WriteLine(value.ToJsonString(Relaxed));
        }
        else
        {
            Show(table);
        }
    }

    /// <summary>Writes each item as it comes; only a table has to wait for the last one.</summary>
    public async Task WriteListAsync<T>(
        IAsyncEnumerable<T> items, Func<T, JsonObject> toJson, string[] columns, Func<T, string[]> toRow)
    {
        if (!json)
        {
            Show(Tables.Of(columns, await items.Select(toRow).ToListAsync()));
            return;
        }

        var separator = "[";
        await foreach (var item in items)
        {
            output.Write(separator);
            output.Write(toJson(item).ToJsonString(Relaxed));
            separator = ",";
        }

        output.WriteLine(separator == "[" ? "[]" : "]");
    }

    private void Show(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = UnlimitedWidth;
        }

        console.Write(table);
    }
}

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
