using System.Text.Json.Nodes;

namespace Eventicat.Cli.Verify;

internal static class VerifyOutput
{
    public static readonly string[] Columns = ["Check", "Result", "Detail"];

    public static JsonObject ToJson((Check Check, CheckResult Result) one) => new()
    {
        ["id"] = one.Check.Id,
        ["result"] = Name(one.Result.Outcome),
        ["detail"] = one.Result.Detail,
    };

    public static string[] ToRow((Check Check, CheckResult Result) one) => [one.Check.Id, Name(one.Result.Outcome), one.Result.Detail];

    private static string Name(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Ok => "ok",
        CheckOutcome.Warning => "warning",
        CheckOutcome.Failed => "failed",
        _ => "skipped",
    };
}
