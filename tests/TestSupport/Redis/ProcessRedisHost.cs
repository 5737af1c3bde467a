using System.Diagnostics;
using System.Globalization;

namespace Eventicat.TestSupport.Redis;

/// <summary>A server program started by this process.</summary>
internal sealed class ProcessRedisHost(string program, Func<int, IEnumerable<string>> arguments) : IRedisHost
{
    /// <summary>A free port can be taken between asking for it and listening on it.</summary>
    private const int Attempts = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventicat-redis-");
    private readonly int _port = FreePort.Find();
    private Process? _process;

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public static async Task<IRedisHost?> TryStartRedisAsync(CancellationToken cancellationToken, params string[] settings)
    {
        var program = FindRedis();
        return program is null
            ? null
            : await StartAsync(
                program,
                port => ["--port", Text(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. settings],
                cancellationToken);
    }

    public static string? FindRedis() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server"))
        .FirstOrDefault(File.Exists);

    public static async Task<IRedisHost> StartAsync(
        string program, Func<int, IEnumerable<string>> arguments, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var host = new ProcessRedisHost(program, arguments);
            try
            {
                await host.StartAsync(cancellationToken);
                return host;
            }
            catch (Exception exception)
            {
                await host.DisposeAsync();
                if (exception is not RedisDidNotStartException || attempt == Attempts)
                {
                    throw;
                }
            }
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments(_port))
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        // Read and dropped: a pipe that nobody empties blocks the server.
        _process.BeginOutputReadLine();
        await Readiness.WaitAsync(_port, () => !_process.HasExited, cancellationToken);
    }

    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public Task PauseAsync() => SignalAsync("-STOP");

    public Task ResumeAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, Text(_process!.Id)]);
        await kill.WaitForExitAsync();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
