using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport;

namespace Eventicat.EndToEnd.Tests.Cli;

/// <summary>The README's <c>dotnet run --project src/Cli</c>, from a folder of its own.</summary>
public sealed class RunFromSourceTests : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("eventicat-cli-").FullName;

    [Fact]
    public async Task RelativePath_IsReadFromWhereThePersonStands()
    {
        await Tool.RunAsync(
            "dotnet",
            ["run", "--no-build", "-c", Configuration, "--project", Path.Combine(Repository.Root, "src", "Cli"), "--", "account", "create", "acme", "--accounts", "accounts.json"],
            folder: _folder);

        Assert.True(File.Exists(Path.Combine(_folder, "accounts.json")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
