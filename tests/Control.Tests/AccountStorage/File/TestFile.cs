using Eventicat.Accounts.Storage.File;
using Eventicat.Control.AccountStorage.File;
using Microsoft.Extensions.Logging.Abstractions;
using IOFile = System.IO.File;

namespace Eventicat.Control.Tests.AccountStorage.File;

/// <summary>An accounts file in a folder of its own, and the stores that tests open over it.</summary>
internal sealed class TestFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventicat-accounts-");
    private readonly List<FileAccountReader> _readers = [];

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "accounts.json");

    public FileAccountStore Open(TimeProvider time)
    {
        var reader = new FileAccountReader(Path, time, NullLogger<FileAccountReader>.Instance);
        _readers.Add(reader);
        return new FileAccountStore(reader, time);
    }

    public void Write(string text) => IOFile.WriteAllText(Path, text);

    public string Read() => IOFile.ReadAllText(Path);

    public void Dispose()
    {
        _readers.ForEach(reader => reader.Dispose());
        _folder.Delete(recursive: true);
    }
}
