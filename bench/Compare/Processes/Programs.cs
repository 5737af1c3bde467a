namespace Eventicat.Bench.Compare.Processes;

/// <summary>Starts this solution's programs from the build that this program belongs to.</summary>
internal sealed class Programs
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private readonly string _data;
    private readonly string _logs;

    /// <summary>Programs watch the folder in which their files are: what is written all the time goes elsewhere.</summary>
    public Programs(string folder)
    {
        _data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        _logs = Directory.CreateDirectory(Path.Combine(folder, "logs")).FullName;
    }

    public ChildProcess Start(string name, string project, string assembly, params string[] arguments) =>
        ChildProcess.Start(name, LogOf(name), _data, Dotnet, [Path.Combine(FolderOf(project), assembly), .. arguments]);

    /// <summary>With its own folder as the working directory, from which it reads its <c>appsettings.json</c>.</summary>
    public ChildProcess StartAtHome(string name, string project, string assembly, params string[] arguments) =>
        ChildProcess.Start(name, LogOf(name), FolderOf(project), Dotnet, [assembly, .. arguments]);

    public ChildProcess StartOther(string name, string program, params string[] arguments) =>
        ChildProcess.Start(name, LogOf(name), _data, program, arguments);

    private string LogOf(string name) => Path.Combine(_logs, $"{name}.log");

    /// <summary>Every project's output stands beside ours: <c>artifacts/bin/PROJECT/release</c>.</summary>
    private static string FolderOf(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
    }
}
