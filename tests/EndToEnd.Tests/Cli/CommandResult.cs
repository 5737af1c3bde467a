using System.Text.Json;

namespace Eventicat.EndToEnd.Tests.Cli;

/// <summary>What a finished command has left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The whole of standard output as one JSON value; anything else beside it fails.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.Equal((0, ""), (ExitCode, Error));
            return JsonElement.Parse(Output);
        }
    }

    /// <summary>Asserts a failure as every failure has to look: one line on standard error, nothing on standard output.</summary>
    public void AssertFailed(string part)
    {
        Assert.Equal((1, ""), (ExitCode, Output));
        Assert.Contains(part, Error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
    }
}
