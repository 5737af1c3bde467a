using Eventicat.Accounts;
using Eventicat.Control.Auditing;
using Eventicat.Control.Tests.TestSupport;

namespace Eventicat.Control.Tests.Auditing;

public abstract class AuditLogContract(ControlPlace place) : ControlContract(place)
{
    private static readonly AccountId Acme = AccountId.Parse("acme");
    private static readonly AccountId Umbrella = AccountId.Parse("umbrella");

    [Fact]
    public async Task Append_Entry_IsReadAsItWas()
    {
        var audit = Place.Open().Audit;
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Place.Time.GetUtcNow().ToUnixTimeMilliseconds());
        AuditEntry[] written =
        [
            new(time, Ada.ToString(), AuditAction.KeyCreate, Acme, "k1", "prod, \"quoted\" ü"),
            new(time, Ada.ToString(), AuditAction.TokenCreate),
        ];
        foreach (var entry in written)
        {
            await audit.AppendAsync(entry, Token);
        }

        var page = await Place.Open().Audit.ReadAsync(new AuditQuery(), Token);

        Assert.Equal(written.Reverse(), page.Entries);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Read_InPagesWhileOthersWrite_HasNoGapAndNothingTwice()
    {
        var audit = Place.Open().Audit;
        for (var i = 0; i < 10; i++)
        {
            await AppendAsync(audit, i % 2 == 0 ? Acme : Umbrella, i);
        }

        var read = new List<string>();
        string? before = null;
        do
        {
            var page = await audit.ReadAsync(new AuditQuery(Before: before, Limit: 3), Token);
            read.AddRange(page.Entries.Select(entry => entry.Subject));
            before = page.Next;
            await AppendAsync(audit, Acme, 100 + read.Count);
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(0, 10).Reverse().Select(i => $"{i}"), read);
    }

    [Fact]
    public async Task Read_OfAnAccount_GivesItsEntriesOnly()
    {
        var audit = Place.Open().Audit;
        for (var i = 0; i < 6; i++)
        {
            await AppendAsync(audit, i % 2 == 0 ? Acme : Umbrella, i);
        }

        var first = await audit.ReadAsync(new AuditQuery(Acme, Limit: 2), Token);
        var second = await audit.ReadAsync(new AuditQuery(Acme, first.Next, Limit: 2), Token);

        Assert.Equal(["4", "2"], first.Entries.Select(entry => entry.Subject));
        Assert.Equal(["0"], second.Entries.Select(entry => entry.Subject));
        Assert.Null(second.Next);
        Assert.Empty((await audit.ReadAsync(new AuditQuery(AccountId.Parse("nobody")), Token)).Entries);
    }

    [Fact]
    public async Task Read_ExactlyOnePage_HasNoNext()
    {
        var audit = Place.Open().Audit;
        await AppendAsync(audit, Acme, 0);
        await AppendAsync(audit, Acme, 1);

        Assert.Null((await audit.ReadAsync(new AuditQuery(Limit: 2), Token)).Next);
        Assert.NotNull((await audit.ReadAsync(new AuditQuery(Limit: 1), Token)).Next);
    }

    [Fact]
    public async Task Read_CursorOfSomethingElse_IsTheNewestPage()
    {
        var audit = Place.Open().Audit;
        await AppendAsync(audit, Acme, 0);

        Assert.Single((await audit.ReadAsync(new AuditQuery(Before: "; DROP TABLE audit"), Token)).Entries);
        Assert.Single((await audit.ReadAsync(new AuditQuery(Before: "---"), Token)).Entries);
    }

    [Fact]
    public async Task Append_SeveralStoresAtOnce_LosesNothing()
    {
        var logs = Enumerable.Range(0, 4).Select(_ => Place.Open().Audit).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => AppendAsync(logs[i % logs.Length], Acme, i), Token)));

        var page = await logs[0].ReadAsync(new AuditQuery(Acme, Limit: 1000), Token);
        Assert.Equal(Enumerable.Range(0, 40), page.Entries.Select(entry => int.Parse(entry.Subject)).Order());
        Assert.Equal(40, (await logs[0].ReadAsync(new AuditQuery(Limit: 1000), Token)).Entries.Count);
    }

    private Task AppendAsync(IAuditLog audit, AccountId account, int number) => audit.AppendAsync(
        new AuditEntry(Place.Time.GetUtcNow(), Ada.ToString(), AuditAction.AccountUpdate, account, $"{number}"), Token);
}
