using System.Globalization;
using System.Text.Json.Nodes;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Import;

namespace Eventicat.Cli.Import;

internal sealed class ImportTotals
{
    private long _created;
    private long _replaced;
    private long _unchanged;

    public long Failed { get; private set; }

    public long Lines => _created + _replaced + _unchanged + Failed;

    public void Add(ImportedLine line)
    {
        switch (line.Outcome)
        {
            case ApplyOutcome.Created:
                _created++;
                break;
            case ApplyOutcome.Replaced:
                _replaced++;
                break;
            case ApplyOutcome.Unchanged:
                _unchanged++;
                break;
            default:
                Failed++;
                break;
        }
    }

    public JsonObject ToJson() => new()
    {
        ["created"] = _created,
        ["replaced"] = _replaced,
        ["unchanged"] = _unchanged,
        ["failed"] = Failed,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_created} created, {_replaced} replaced, {_unchanged} unchanged, {Failed} failed.");
}
