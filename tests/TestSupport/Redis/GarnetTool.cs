using System.Diagnostics;
using System.Globalization;

namespace Eventicat.TestSupport.Redis;

/// <summary>
/// Garnet, a Redis-compatible server that comes as a .NET tool: the way to run these tests on a machine that has
/// nothing but the SDK. Its assembly is started directly, because <c>dotnet tool run</c> puts a parent process in
/// between that would take the signals.
/// </summary>
internal static class GarnetTool
{
    public static async Task<IRedisHost?> TryStartAsync(CancellationToken cancellationToken) =>
        await RestoreAsync(cancellationToken) is { } assembly
            ? await ProcessRedisHost.StartAsync("dotnet", port => Arguments(assembly, port), cancellationToken)
            : null;

    private static IEnumerable<string> Arguments(string assembly, int port) =>
    [
        "exec", assembly, "--lua", "--lua-transaction-mode", "-m", "64m", "-i", "8m",
        "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>The tool's assembly, or <c>null</c> where the package source cannot be reached.</summary>
    private static async Task<string?> RestoreAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", ["tool", "restore"])
        {
            // The tool manifest is looked for from here upwards.
            WorkingDirectory = AppContext.BaseDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var restore = Process.Start(start)!;
        await Task.WhenAll(
            restore.StandardOutput.ReadToEndAsync(cancellationToken),
            restore.StandardError.ReadToEndAsync(cancellationToken));
        await restore.WaitForExitAsync(cancellationToken);
        return restore.ExitCode == 0 ? FindAssembly() : null;
    }

    private static string? FindAssembly()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = new DirectoryInfo(Path.Combine(packages, "garnet-server"));
        return folder.Exists
            ? folder.EnumerateFiles("GarnetServer.dll", SearchOption.AllDirectories)
                .FirstOrDefault(file => file.Directory!.Name == "any")?.FullName
            : null;
    }
}
