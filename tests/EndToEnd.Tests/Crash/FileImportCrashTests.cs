using Eventicat.Accounts.Storage.File;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.File;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eventicat.EndToEnd.Tests.Crash;

public sealed class FileImportCrashTests() : ImportCrashContract(new Dictionary<string, string> { ["Accounts__File"] = "some.json" })
{
    private readonly List<FileAccountReader> _readers = [];

    protected override IAccountStore Open()
    {
        _readers.Add(new FileAccountReader(Path.Combine(Folder, "some.json"), TimeProvider.System, NullLogger<FileAccountReader>.Instance));
        return new FileAccountStore(_readers[^1], TimeProvider.System);
    }

    protected override void Dispose(bool disposing)
    {
        _readers.ForEach(reader => reader.Dispose());
        base.Dispose(disposing);
    }
}
