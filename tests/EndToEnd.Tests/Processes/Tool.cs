using System.ComponentModel;
using System.Diagnostics;

namespace Eventicat.EndToEnd.Tests.Processes;

/// <summary>
/// A program of the machine that a test runs. One that is missing, or may not do its work, skips the test, unless
/// <c>REQUIRE_TOOLS=1</c>: then it fails.
/// </summary>
internal static class Tool
{
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string input = "", string folder = "")
    {
        using var process = Start(program, arguments, folder);
        var token = TestContext.Current.CancellationToken;
        await process.StandardInput.WriteAsync(input.AsMemory(), token);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        Assert.True(process.ExitCode == 0, $"{program} failed: {await error}{await output}");
        return await output;
    }

    public static void Missing(string what) => OfNoUse($"{what} is not installed");

    /// <summary>Ends the test.</summary>
    public static void OfNoUse(string reason)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("REQUIRE_TOOLS") != "1", reason);
        Assert.Fail(reason);
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Missing(start.FileName);
            throw;
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, string folder) =>
        Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
}
