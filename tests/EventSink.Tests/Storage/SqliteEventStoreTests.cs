using System.Globalization;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using static Eventicat.EventSink.Tests.Storage.SampleEvents;

namespace Eventicat.EventSink.Tests.Storage;

public sealed class SqliteEventStoreTests : EventStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteEventStore _store;

    public SqliteEventStoreTests() => _store = Create();

    private protected override IEventStore Store => _store;

    private string DatabasePath => Path.Combine(_folder.Path, "new", SqliteDatabase.FileName);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Open_NewerSchema_RefusesAndLeavesTheFileAlone()
    {
        Store.Open();
        _store.Dispose();
        Execute("PRAGMA user_version=99");
        _store = Create();
        var refusal = Assert.Throws<EventStoreUnavailableException>(() => Store.Open());
        Assert.Contains("version 99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(99, Convert.ToInt32(Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Open_FolderIsAFile_SaysWhich()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "new"), "");
        var refusal = Assert.Throws<EventStoreUnavailableException>(() => Store.Open());
        Assert.Contains("Storage:Path", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NotADatabase_Refuses()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(DatabasePath)!);
        File.WriteAllText(DatabasePath, new string('x', 8192));
        Assert.Throws<EventStoreUnavailableException>(() => Store.Open());
    }

    [Fact]
    public void Open_WriterConnection_SyncsEveryCommit()
    {
        Directory.CreateDirectory(_folder.Path);
        using var connection = new SqliteDatabase(new StorageOptions { Path = _folder.Path }).OpenForWriting();
        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2L, connection.Scalar("PRAGMA synchronous"));
    }

    [Fact]
    public async Task Commit_DatabaseLocked_StoresNothingAndWorksAgainAfter()
    {
        Store.Open();
        Store.Commit([Entry(Named("before"))]);
        using (var connection = Connect())
        using (connection.BeginTransaction(deferred: false))
        {
            Assert.Throws<EventStoreUnavailableException>(() => Store.Commit([Entry(Named("failed"))]));
            Assert.Throws<EventStoreUnavailableException>(() => Store.Commit([]));
            Assert.Equal(["before"], await NamesAsync());
        }

        Assert.Empty(Store.Commit([]));
        Store.Commit([Entry(Named("after"))]);
        Assert.Equal(["after", "before"], await NamesAsync());
    }

    [Fact]
    public async Task Commit_FailsHalfwayThroughAGroup_StoresNoneOfIt()
    {
        Store.Open();
        Execute("CREATE TRIGGER broken BEFORE INSERT ON event WHEN NEW.name = 'bad' BEGIN SELECT RAISE(ABORT, 'disk'); END");
        Assert.Throws<EventStoreUnavailableException>(() => Store.Commit([Entry(Named("good")), Entry(Named("bad"))]));
        Assert.Empty(await NamesAsync());
        Store.Commit([Entry(Named("good"))]);
        Assert.Equal(["good"], await NamesAsync());
    }

    [Fact]
    public async Task Open_TornLogTail_KeepsEveryWholeCommit()
    {
        Store.Open();
        Store.Commit([Entry(Named("whole"))]);
        // Copied while open: what a crash leaves, before anything is folded into the file.
        var copy = Path.Combine(_folder.Path, "copy");
        Directory.CreateDirectory(copy);
        foreach (var file in (string[])["", "-wal"])
        {
            File.Copy(DatabasePath + file, Path.Combine(copy, SqliteDatabase.FileName + file));
        }

        await File.AppendAllBytesAsync(
            Path.Combine(copy, SqliteDatabase.FileName + "-wal"), new byte[5000], TestContext.Current.CancellationToken);
        _store.Dispose();
        _store = Create("copy");
        Store.Open();
        Assert.Equal(["whole"], await NamesAsync());
    }

    [Fact]
    public void Open_CommitsLeftInTheLog_AreInTheFileBeforeAnythingElse()
    {
        Store.Open();
        Store.Commit([Entry(Named("logged", "r1"))]);
        using var second = Create();
        second.Open();
        Assert.Equal(0, new FileInfo(DatabasePath + "-wal").Length);
    }

    [Fact]
    public async Task ReadNewest_WhileAWriteIsOpen_IsNotHeldUp()
    {
        Store.Open();
        Store.Commit([Entry(Named("kept"))]);
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: false);
        Assert.Equal(["kept"], await NamesAsync());
    }

    [Fact]
    public async Task ReadNewest_ManyAtOnce_AllSeeTheCommit()
    {
        Store.Open();
        Store.Commit([Entry(Named("kept"))]);
        var reads = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(NamesAsync)));
        Assert.All(reads, names => Assert.Equal(["kept"], names));
    }

    private protected override void Restart()
    {
        _store.Dispose();
        _store = Create();
    }

    private SqliteEventStore Create(string folder = "new") => new(Options.Create(new StorageOptions
    {
        Path = Path.Combine(_folder.Path, folder),
        BusyTimeout = TimeSpan.FromMilliseconds(20),
    }));

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }

    private object? Scalar(string sql)
    {
        using var connection = Connect();
        return connection.Scalar(sql);
    }
}
