using Eventicat.Accounts.Storage.File;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using IOFile = System.IO.File;

namespace Eventicat.Accounts.Tests.Storage.File;

/// <summary>An accounts file in a folder of its own, and the stores that tests open over it.</summary>
internal sealed class TestFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventicat-accounts-");
    private readonly List<FileAccountStore> _stores = [];

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "accounts.json");

    public FileAccountStore Open(TimeProvider time, ILogger<FileAccountStore>? logger = null)
    {
        var store = new FileAccountStore(Path, time, logger ?? NullLogger<FileAccountStore>.Instance);
        _stores.Add(store);
        return store;
    }

    public void Write(string text) => IOFile.WriteAllText(Path, text);

    public string Read() => IOFile.ReadAllText(Path);

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        _folder.Delete(recursive: true);
    }
}
