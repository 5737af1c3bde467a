using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using IOFile = System.IO.File;

namespace Eventicat.Control.Tests.AccountStorage.File;

public sealed class FileWriteTests : IDisposable
{
    private readonly TestFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_NewFile_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes");
            return;
        }

        await CreateAsync(Some.Acme);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, IOFile.GetUnixFileMode(_file.Path));
    }

    [Fact]
    public async Task Write_ExistingFile_KeepsItsMode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes");
            return;
        }
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        _file.Write("""{ "accounts": [] }""");
        IOFile.SetUnixFileMode(_file.Path, Mode);

        await CreateAsync(Some.Acme);

        Assert.Equal(Mode, IOFile.GetUnixFileMode(_file.Path));
    }

    [Fact]
    public async Task Write_SymbolicLink_ReplacesItsTarget()
    {
        var target = Path.Combine(_file.Folder, "elsewhere.json");
        IOFile.WriteAllText(target, """{ "accounts": [] }""");
        IOFile.CreateSymbolicLink(_file.Path, target);

        await CreateAsync(Some.Acme);

        Assert.NotNull(new FileInfo(_file.Path).LinkTarget);
        Assert.Contains("acme", IOFile.ReadAllText(target), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Repeatedly_LeavesNoOtherFilesThanTheLock()
    {
        await CreateAsync(Some.Acme);
        await CreateAsync(Some.Umbrella);

        Assert.Equivalent(
            new[] { "accounts.json", "accounts.json.lock" }, Directory.GetFiles(_file.Folder).Select(Path.GetFileName), strict: true);
    }

    [Fact]
    public async Task Write_ExistingAccounts_KeepsTheirOrder()
    {
        _file.Write("""{ "accounts": [ { "id": "umbrella" }, { "id": "acme" } ] }""");
        var store = _file.Open(TimeProvider.System);

        await store.ChangeAsync(Some.Umbrella, account => account! with { Name = "Umbrella" }, Token);

        var text = _file.Read();
        Assert.True(text.IndexOf("umbrella", StringComparison.Ordinal) < text.IndexOf("acme", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Broken_Changed_ThrowsAndIsLeftAsItIs()
    {
        const string Broken = """{ "accounts": [ { "id": "acme" }, ] }""";
        _file.Write(Broken);
        var store = _file.Open(TimeProvider.System);

        await Assert.ThrowsAsync<AccountStoreUnavailableException>(
            () => store.ChangeAsync(Some.Umbrella, _ => Some.Account(Some.Umbrella), Token));

        Assert.Equal(Broken, _file.Read());
    }

    public void Dispose() => _file.Dispose();

    private Task CreateAsync(AccountId id) =>
        _file.Open(TimeProvider.System).ChangeAsync(id, _ => Some.Account(id), Token);
}
