using Eventicat.Accounts.Storage.File;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using IOFile = System.IO.File;

namespace Eventicat.Accounts.Tests.Storage.File;

/// <summary>An accounts file in a folder of its own, and the readers that tests open over it.</summary>
internal sealed class TestFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventicat-accounts-");
    private readonly List<FileAccountReader> _readers = [];

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "accounts.json");

    public FileAccountReader Open(TimeProvider time, ILogger<FileAccountReader>? logger = null)
    {
        var reader = new FileAccountReader(Path, time, logger ?? NullLogger<FileAccountReader>.Instance);
        _readers.Add(reader);
        return reader;
    }

    public void Write(string text) => IOFile.WriteAllText(Path, text);

    public string Read() => IOFile.ReadAllText(Path);

    public void Dispose()
    {
        _readers.ForEach(reader => reader.Dispose());
        _folder.Delete(recursive: true);
    }
}
