using Microsoft.Extensions.Time.Testing;
using IOFile = System.IO.File;

namespace Eventicat.Accounts.Tests.Storage.File;

/// <summary>
/// What <c>cp -p</c>, <c>rsync -t</c>, package managers and mounted configuration do: another file stands behind the
/// path, as long and as old as the one before.
/// </summary>
public sealed class SameSizeAndTimeTests : IDisposable
{
    private static readonly DateTime LongAgo = DateTime.UnixEpoch.AddSeconds(1);

    private readonly TestFile _file = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Replaced_ByRename_IsSeen()
    {
        Place(_file.Path, "acme");
        return IsSeenAsync(() =>
        {
            Place($"{_file.Path}.new", "emca");
            IOFile.Move($"{_file.Path}.new", _file.Path, overwrite: true);
        });
    }

    [Fact]
    public Task Overwritten_WithItsTimeSetBack_IsSeen()
    {
        Place(_file.Path, "acme");
        return IsSeenAsync(() => Place(_file.Path, "emca"));
    }

    [Fact]
    public Task Link_ToAnotherFile_IsSeen()
    {
        var (old, @new) = (Aside("old"), Aside("new"));
        Place(old, "acme");
        Place(@new, "emca");
        IOFile.CreateSymbolicLink(_file.Path, old);
        return IsSeenAsync(() => Relink(_file.Path, @new));
    }

    /// <summary>A mounted ConfigMap: the file is a link into a folder that is itself a link, and only that one moves.</summary>
    [Fact]
    public Task Link_ThroughAFolderThatMoves_IsSeen()
    {
        foreach (var (folder, id) in new[] { ("..old", "acme"), ("..new", "emca") })
        {
            Directory.CreateDirectory(Aside(folder));
            Place(Path.Combine(Aside(folder), "accounts.json"), id);
        }

        Directory.CreateSymbolicLink(Aside("..data"), "..old");
        IOFile.CreateSymbolicLink(_file.Path, Path.Combine("..data", "accounts.json"));
        return IsSeenAsync(() => Relink(Aside("..data"), "..new"));
    }

    public void Dispose() => _file.Dispose();

    private async Task IsSeenAsync(Action replace)
    {
        var store = _file.Open(_time);
        // Long enough for the first file to count as read for good.
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await store.FindAsync(Some.Acme, Token));

        replace();
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Null(await store.FindAsync(Some.Acme, Token));
        Assert.NotNull(await store.FindAsync(AccountId.Parse("emca"), Token));
    }

    private string Aside(string name) => Path.Combine(_file.Folder, name);

    private static void Place(string path, string id)
    {
        IOFile.WriteAllText(path, $$"""{ "accounts": [ { "id": "{{id}}" } ] }""");
        IOFile.SetLastWriteTimeUtc(path, LongAgo);
    }

    private static void Relink(string path, string target)
    {
        IOFile.Delete(path);
        IOFile.CreateSymbolicLink(path, target);
    }
}
