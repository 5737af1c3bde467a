using System.Diagnostics;
using System.Text;

namespace Eventicat.EndToEnd.Tests.Cli;

/// <summary>Runs the built command line as a process of its own, in a folder and environment of its own.</summary>
internal sealed class CommandLineHost(IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventicat-cli-");

    public string Folder => _folder.FullName;

    public Task<CommandResult> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public async Task<CommandResult> RunWithInputAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        return new CommandResult(process.ExitCode, await output, await error);
    }

    public Process Start(params string[] arguments) => Process.Start(Describe(arguments))!;

    public ProcessStartInfo Describe(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "eventicat.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // What the machine has configured is not what is tested.
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
