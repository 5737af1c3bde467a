namespace Eventicat.Bench.Compare.Processes;

/// <summary>Starts this solution's programs from the build that this program belongs to.</summary>
internal sealed class Programs(string folder)
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public ChildProcess Start(string name, string project, string assembly, params string[] arguments) =>
        ChildProcess.Start(name, LogOf(name), folder, Dotnet, [Path.Combine(FolderOf(project), assembly), .. arguments]);

    /// <summary>With its own folder as the working directory, from which it reads its <c>appsettings.json</c>.</summary>
    public ChildProcess StartAtHome(string name, string project, string assembly, params string[] arguments) =>
        ChildProcess.Start(name, LogOf(name), FolderOf(project), Dotnet, [assembly, .. arguments]);

    public ChildProcess StartOther(string name, string program, params string[] arguments) =>
        ChildProcess.Start(name, LogOf(name), folder, program, arguments);

    private string LogOf(string name) => Path.Combine(folder, $"{name}.log");

    /// <summary>Every project's output stands beside ours: <c>artifacts/bin/PROJECT/release</c>.</summary>
    private static string FolderOf(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
    }
}
