using Eventicat.Control.AccountStorage;

namespace Eventicat.Control.Tests.AccountStorage.File;

public sealed class FileAccountStoreContractTests : AccountStoreContract, IDisposable
{
    private readonly TestFile _file = new();

    protected override IAccountStore Open() => _file.Open(TimeProvider.System);

    public void Dispose() => _file.Dispose();
}
