using Eventicat.Hosting.Files;

namespace Eventicat.Hosting.Tests.Files;

public sealed class DurableFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hosting-folder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Create_SeveralMissing_CreatesAll()
    {
        var path = Path.Combine(_folder, "a", "b", "c");

        DurableFolder.Create(path);
        DurableFolder.Create(path);

        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void Create_WhereAFileIs_Fails()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "");

        Assert.ThrowsAny<IOException>(() => DurableFolder.Create(Path.Combine(path, "below")));
    }

    [Fact]
    public void Sync_Folder_Returns() => DurableFolder.Sync(_folder);

    [Fact]
    public void Sync_FolderThatIsNot_SaysWhich()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows journals entries by itself");
        var path = Path.Combine(_folder, "missing");

        var failure = Assert.Throws<IOException>(() => DurableFolder.Sync(path));

        Assert.StartsWith($"The folder '{path}' cannot be opened for syncing: ", failure.Message, StringComparison.Ordinal);
    }
}
