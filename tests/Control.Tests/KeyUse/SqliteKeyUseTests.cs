using Eventicat.Accounts;
using Eventicat.Control.KeyUse;
using Eventicat.Control.Tests.TestSupport;

namespace Eventicat.Control.Tests.KeyUse;

public sealed class SqliteKeyUseTests() : ControlContract(ControlPlace.OfSqlite())
{
    private static readonly AccountId Acme = AccountId.Parse("acme");
    private static readonly KeyId Key = KeyId.Parse("k1");
    private static readonly DateTimeOffset Noon = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Record_SeveralTimes_KeepsTheLatest()
    {
        var use = Place.Open().Get<SqliteKeyUse>();

        use.Record([new(Acme, Key, Noon), new(Acme, KeyId.Parse("k2"), Noon), new(AccountId.Parse("umbrella"), Key, Noon.AddDays(9))]);
        use.Record([new(Acme, Key, Noon.AddHours(1))]);
        use.Record([new(Acme, Key, Noon.AddHours(-1))]);

        var used = await Place.Open().KeyUse.ReadAsync(Acme, Token);
        Assert.Equal(2, used.Count);
        Assert.Equal(Noon.AddHours(1), used[Key]);
    }

    [Fact]
    public async Task Read_NothingThereYet_IsEmptyAndMakesNoFile()
    {
        Assert.Empty(await Place.Open().KeyUse.ReadAsync(Acme, Token));
        Assert.False(File.Exists(Place.File));
    }
}
