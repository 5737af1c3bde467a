using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;
using Eventicat.Control.Import;
using Eventicat.Control.Tests.AccountStorage.File;
using Eventicat.Control.Tests.Auditing;

namespace Eventicat.Control.Tests.Import;

public sealed class AccountImportTests : IDisposable
{
    private readonly TestFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_GoodAndBadLines_StoresTheGoodOnesAndNamesTheBadOnesByNumber()
    {
        var lines = await RunAsync(
            """
            { "id": "acme", "aggregators": [ { "id": "a" } ] }

            { "id": "bad", "disabld": true }
            not json
            { "id": "umbrella", "aggregators": [ { "id": "a" } ] }
            { "id": "third" }
            """);

        Assert.Equivalent(
            new ImportedLine[]
            {
                new(1, ApplyOutcome.Created, null),
                new(3, null, "disabld: unknown member"),
                new(4, null, "not valid JSON for this place (line 1, byte 2)"),
                new(5, ApplyOutcome.Conflict, "another account already has 'a'"),
                new(6, ApplyOutcome.Created, null),
            },
            lines.OrderBy(line => line.Number),
            strict: true);
        var stored = await _file.Open(TimeProvider.System).ListAsync(Token).Select(one => one.Account.Id.ToString()).ToListAsync(Token);
        Assert.Equal(["acme", "third"], stored);
    }

    [Fact]
    public async Task Run_Again_ChangesNothing()
    {
        const string Line = """{ "id": "acme", "limit": { "permits": 5, "window": "00:01:00" } }""";
        await RunAsync(Line);
        var before = _file.Read();

        var lines = await RunAsync(Line);

        Assert.Equal([new ImportedLine(1, ApplyOutcome.Unchanged, null)], lines);
        Assert.Equal(before, _file.Read());
    }

    [Fact]
    public async Task Run_OtherContent_ReplacesTheAccount()
    {
        await RunAsync("""{ "id": "acme", "name": "Acme", "aggregators": [ { "id": "a" } ] }""");

        var lines = await RunAsync("""{ "id": "acme", "disabled": true }""");

        Assert.Equal([new ImportedLine(1, ApplyOutcome.Replaced, null)], lines);
        var account = (await _file.Open(TimeProvider.System).FindAsync(Some.Acme, Token))!.Account;
        Assert.True(account.Disabled);
        Assert.Equal("", account.Name);
        Assert.Empty(account.Aggregators);
    }

    public void Dispose() => _file.Dispose();

    private async Task<List<ImportedLine>> RunAsync(string ndjson) =>
        await new AccountImport(_file.Open(TimeProvider.System), new RecordingAuditLog(), TimeProvider.System)
            .RunAsync(Actor.CommandLine("root@host"), new StringReader(ndjson), Token).ToListAsync(Token);
}
