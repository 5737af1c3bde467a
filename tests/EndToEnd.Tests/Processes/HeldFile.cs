using System.Diagnostics;

namespace Eventicat.EndToEnd.Tests.Processes;

/// <summary>
/// A regular file that whoever opens it waits for, as for one on a network mount whose server is gone. Linux makes an
/// opener wait while another process has a lease for writing, up to its <c>fs.lease-break-time</c> of 45 seconds.
/// </summary>
internal sealed class HeldFile : IAsyncDisposable
{
    private const string Program = """
        import fcntl, os, signal, sys
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        file = os.open(sys.argv[1], os.O_RDONLY)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        print("held", flush=True)
        sys.stdin.read()
        """;

    private readonly Process _holder;

    private HeldFile(Process holder) => _holder = holder;

    /// <summary>Puts the content in the place of a file, held.</summary>
    public static async Task<HeldFile> ReplaceAsync(string path, string content)
    {
        var token = TestContext.Current.CancellationToken;
        var aside = path + ".held";
        await File.WriteAllTextAsync(aside, content, token);
        var holder = Tool.Start(new ProcessStartInfo("python3", ["-c", Program, aside])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        });
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(token));
        File.Move(aside, path, overwrite: true);
        return new HeldFile(holder);
    }

    /// <summary>The server is back.</summary>
    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync(CancellationToken.None);
        _holder.Dispose();
    }
}
