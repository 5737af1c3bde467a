using System.Diagnostics;
using System.Globalization;
using Eventicat.EndToEnd.Tests.Processes;

namespace Eventicat.EndToEnd.Tests.Crash;

/// <summary>A place in the replacement of the accounts file at which a process is killed: before its n-th such system call. Needs strace.</summary>
/// <param name="SystemCall">Its name.</param>
/// <param name="Occurrence">Counted from 1.</param>
/// <param name="IsDone">Whether the new file is in place by then.</param>
internal sealed record KillPoint(string SystemCall, int Occurrence, bool IsDone)
{
    /// <summary>In their order: locked, then written aside, synced, renamed, and the folder synced.</summary>
    public static readonly IReadOnlyList<KillPoint> All =
    [
        new("flock", 1, IsDone: false),
        new("pwrite64", 1, IsDone: false),
        new("fsync", 1, IsDone: false),
        new("rename", 1, IsDone: false),
        new("fsync", 2, IsDone: true),
    ];

    private static string[] Paths(string folder) =>
        [folder, Path.Combine(folder, "accounts.json"), Path.Combine(folder, "accounts.json.lock"), Path.Combine(folder, ".accounts.json.new")];

    /// <summary>Runs the command until it is killed there.</summary>
    public async Task RunAsync(ProcessStartInfo command)
    {
        var start = new ProcessStartInfo("strace", [
            "-f", "-o", "/dev/null", "-e", $"trace={SystemCall}",
            // Of these only: the audit log syncs a file as well.
            .. Paths(command.WorkingDirectory).SelectMany(path => (string[])["-P", path]),
            "-e", string.Create(CultureInfo.InvariantCulture, $"inject={SystemCall}:signal=KILL:when={Occurrence}"),
            command.FileName, .. command.ArgumentList])
        {
            WorkingDirectory = command.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Tool.Start(start);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        // 128 + SIGKILL: strace ends as the process did.
        Assert.True(process.ExitCode == 137, $"Not killed at {this}: {process.ExitCode} {await error}{await output}");
    }
}
