using Eventicat.Accounts.Storage;
using Eventicat.Control.Auditing;
using Eventicat.Control.Storage;
using Eventicat.Control.Tests.TestSupport;

namespace Eventicat.Control.Tests.Storage;

public sealed class SqliteFileTests() : ControlContract(ControlPlace.OfSqlite())
{
    [Fact]
    public async Task File_WhenMade_IsForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix modes");
            return;
        }

        await PutAsync();

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Place.File)!, "control.db*"))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Read_NoFile_MakesNone()
    {
        Assert.Null(await Place.Open().Users.FindAsync(Control.Users.UserName.Parse("ada"), Token));
        Assert.Empty(await Place.Open().Tokens.ListAsync(after: null, 10, Token));
        Assert.Empty((await Place.Open().Audit.ReadAsync(new AuditQuery(), Token)).Entries);

        Assert.False(File.Exists(Place.File));
    }

    [Fact]
    public async Task File_OfANewerProgram_IsRefusedAndLeft()
    {
        await PutAsync();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Place.File}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=99;";
            command.ExecuteNonQuery();
        }

        var exception = await Assert.ThrowsAsync<AccountStoreUnavailableException>(PutAsync);

        Assert.Contains("version 99", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_NotADatabase_IsRefusedAndLeft()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place.File)!);
        await File.WriteAllTextAsync(Place.File, "not a database, and longer than the header of one: it is to be left as it is", Token);

        var exception = await Assert.ThrowsAsync<AccountStoreUnavailableException>(PutAsync);

        Assert.Contains(Place.File, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("not a database", await File.ReadAllTextAsync(Place.File, Token), StringComparison.Ordinal);
    }

    /// <summary>Each time as a new program.</summary>
    private async Task PutAsync() =>
        Assert.True(await Place.Open().Records.TryPutAsync(RecordKind.Request, new StoredRecord("one", 0, "{}"), expires: null, Token));
}
