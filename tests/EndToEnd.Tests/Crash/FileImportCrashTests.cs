using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.File;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eventicat.EndToEnd.Tests.Crash;

public sealed class FileImportCrashTests() : ImportCrashContract(new Dictionary<string, string> { ["Accounts__File"] = "some.json" })
{
    private readonly List<FileAccountStore> _stores = [];

    protected override IAccountStore Open()
    {
        _stores.Add(new FileAccountStore(Path.Combine(Folder, "some.json"), TimeProvider.System, NullLogger<FileAccountStore>.Instance));
        return _stores[^1];
    }

    protected override void Dispose(bool disposing)
    {
        _stores.ForEach(store => store.Dispose());
        base.Dispose(disposing);
    }
}
