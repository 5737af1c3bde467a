using System.Globalization;
using System.Text;
using Eventicat.Accounts.Storage.Documents;

namespace Eventicat.Accounts.Tests.Storage.Documents;

public sealed class AccountDocumentTests
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Theory]
    [InlineData("""{ "version": 2, "accounts": [] }""", "version: must be 1, not 2")]
    [InlineData("""{ "acounts": [], "accounts": [] }""", "acounts: unknown member")]
    [InlineData("""{ "accounts": [ null ] }""", "accounts[0]: must not be null")]
    [InlineData("""{ "accounts": [ {} ] }""", "accounts[0].id: must be 1 to 64 letters, digits, '_' or '-'")]
    [InlineData("""{ "accounts": [ { "id": "a/b" } ] }""", "accounts[0].id: must be 1 to 64 letters, digits, '_' or '-'")]
    [InlineData("""{ "accounts": [ { "id": "a", "disabld": true } ] }""", "accounts[0].disabld: unknown member")]
    [InlineData("""{ "accounts": [ { "id": "a", "Disabled": true } ] }""", "accounts[0].Disabled: unknown member")]
    [InlineData("""{ "accounts": [ { "id": "a" }, { "id": "a" } ] }""", "accounts[1].id: account 'a' is there twice")]
    [InlineData("""{ "accounts": [ { "id": "a", "name": "a\u0007b" } ] }""", "accounts[0].name: must not contain control characters")]
    [InlineData("""{ "accounts": [ { "id": "a", "limit": { "permits": 0, "window": "00:01:00" } } ] }""", "accounts[0].limit: permits must be 1 to 1000000, not 0")]
    [InlineData("""{ "accounts": [ { "id": "a", "limit": { "permits": 1, "window": "00:00:00" } } ] }""", "accounts[0].limit: window must be longer than zero and at most 31.00:00:00, not 00:00:00")]
    [InlineData("""{ "accounts": [ { "id": "a", "limit": { "permits": 1, "window": "1m" } } ] }""", "accounts[0].limit.window: must be a duration as in \"00:01:00\"")]
    [InlineData("""{ "accounts": [ { "id": "a", "limit": { "window": "00:01:00" } } ] }""", "accounts[0].limit.permits: is missing")]
    [InlineData("""{ "accounts": [ { "id": "a", "urlKeys": "deny" } ] }""", "accounts[0].urlKeys: must be one of allow, warn, refuse")]
    [InlineData("""{ "accounts": [ { "id": "a", "urlKeys": "" } ] }""", "accounts[0].urlKeys: must be one of allow, warn, refuse")]
    [InlineData("""{ "accounts": [ { "id": "a", "urlKeys": "2" } ] }""", "accounts[0].urlKeys: must be one of allow, warn, refuse")]
    [InlineData("""{ "accounts": [ { "id": "a", "keys": [ { "id": "k" } ] } ] }""", "accounts[0].keys[0].sha256: must be 64 hexadecimal digits")]
    [InlineData("""{ "accounts": [ { "id": "a", "aggregators": [ { "id": "" } ] } ] }""", "accounts[0].aggregators[0].id: must be 1 to 64 letters, digits, '_' or '-'")]
    [InlineData("""{ "accounts": [ { "id": "a", "aggregators": [ { "id": "x" } ] }, { "id": "b", "aggregators": [ { "id": "x" } ] } ] }""", "accounts[1].aggregators[0].id: already an aggregator of account 'a'")]
    [InlineData("""{ "accounts": [ { "id": "a", "keys": [ { "id": "k", "sha256": "DIGEST", "scopes": [ "write" ] } ] } ] }""", "accounts[0].keys[0].scopes: only \"ingest\" and \"read\" are scopes")]
    [InlineData("""{ "accounts": [ { "id": "a", "keys": [ { "id": "k", "sha256": "DIGEST", "scopes": null } ] } ] }""", "accounts[0].keys[0].scopes: must not be null")]
    [InlineData("""{ "accounts": [ { "id": "a", "keys": [ { "id": "k", "sha256": "DIGEST" } ] }, { "id": "b", "keys": [ { "id": "k", "sha256": "DIGEST" } ] } ] }""", "accounts[1].keys[0].sha256: already a key of account 'a'")]
    [InlineData("""{ "accounts": [ { "id": "a", "disabled": "no" } ] }""", "accounts[0].disabled: not valid JSON for this place (line 1, byte 46)")]
    [InlineData("""{ "accounts": [ { "id": "a", "keys": [ { "id": "k", "sha256": "DIGEST", "expires": "2027-01-31T00:00:00" } ] } ] }""", "accounts[0].keys[0].expires: must be a date and time with its offset, such as 2027-01-31T00:00:00Z (line 1, byte 163)")]
    [InlineData("""{ "accounts": [ { "id": "a", "keys": [ { "id": "k", "sha256": "DIGEST", "revoked": "2027-01-31" } ] } ] }""", "accounts[0].keys[0].revoked: must be a date and time with its offset, such as 2027-01-31T00:00:00Z (line 1, byte 154)")]
    [InlineData("{}", "accounts: is missing")]
    [InlineData("""{ "version": 1, "accounts": null }""", "accounts: is missing")]
    [InlineData("null", "must be a JSON object, not null")]
    public void Read_OneError_IsNamedWithItsPath(string json, string error)
    {
        var accounts = Read(json, out var errors);

        Assert.Equal([error], errors);
        Assert.Empty(accounts);
    }

    [Theory]
    [InlineData("2027-01-31T12:00:00Z", "2027-01-31T12:00:00Z")]
    [InlineData("2027-01-31T12:00:00+02:00", "2027-01-31T10:00:00Z")]
    [InlineData("2027-01-31T12:00:00.123456789-05:00", "2027-01-31T17:00:00.1234567Z")]
    [InlineData("2027-01-31T12:00Z", "2027-01-31T12:00:00Z")]
    public void Read_MomentWithItsOffset_IsTaken(string text, string expected)
    {
        var accounts = Read($$"""{ "accounts": [ { "id": "a", "keys": [ { "id": "k", "sha256": "DIGEST", "expires": "{{text}}" } ] } ] }""", out var errors);

        Assert.Empty(errors);
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), accounts[0].Keys[0].Expires);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "accounts": [ { "id": "a", "disabled": true, "disabled": false } ] }""")]
    [InlineData("""{ "accounts": [ { "id": "a", "disabled": null } ] }""")]
    [InlineData("""{ "accounts": [ { "id": "a", "keys": [ { "id": "k", "sha256": "DIGEST", "expires": "tomorrow" } ] } ] }""")]
    public void Read_NotReadable_IsAnError(string json)
    {
        Assert.Empty(Read(json, out var errors));
        Assert.Single(errors);
    }

    [Fact]
    public void Read_SeveralErrors_AreAllNamed()
    {
        Read("""{ "version": 3, "x": 1, "accounts": [ { "id": "", "limit": { "permits": 1 } }, { "id": "b", "y": 0 } ] }""", out var errors);

        Assert.Equal(5, errors.Count);
    }

    [Fact]
    public void Read_KeyWhereADigestBelongs_IsNotPrinted()
    {
        var key = ApiKey.Generate(out _).Reveal();

        Read($$"""{ "accounts": [ { "id": "{{key}}!", "keys": [ { "id": "{{key}}!", "sha256": "{{key}}" } ] } ] }""", out var errors);

        Assert.Equal(3, errors.Count);
        Assert.DoesNotContain(key[^10..], string.Concat(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"allow\"", UrlKeyPolicy.Allow, "allow")]
    [InlineData("\"Warn\"", UrlKeyPolicy.Warn, "warn")]
    [InlineData("\"REFUSE\"", UrlKeyPolicy.Refuse, "refuse")]
    [InlineData("null", null, null)]
    public void UrlKeys_InAnyCase_AreReadAndWrittenOnlyWhenSet(string json, UrlKeyPolicy? policy, string? written)
    {
        var account = Read($$"""{ "accounts": [ { "id": "a", "urlKeys": {{json}} } ] }""", out _).Single();
        var text = Encoding.UTF8.GetString(AccountDocument.WriteOne(account));

        Assert.Equal(policy, account.UrlKeys);
        Assert.Equal(written is not null, text.Contains($"\"urlKeys\":\"{written}\"", StringComparison.Ordinal));
        Assert.Equal(written is not null, text.Contains("urlKeys", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OnlyWhatIsNecessary_FillsInTheRest()
    {
        var account = Read("""{ "accounts": [ { "id": "a", "limit": null, "keys": [ { "id": "k", "sha256": "DIGEST" } ] } ] }""", out _).Single();

        Assert.False(account.Disabled);
        Assert.Null(account.Limit);
        Assert.Equal(Scopes.All, account.Keys[0].Scopes);
        Assert.Null(account.Keys[0].Expires);
    }

    [Fact]
    public void Read_NoScopes_IsAKeyThatMayDoNothing()
    {
        var account = Read("""{ "accounts": [ { "id": "a", "keys": [ { "id": "k", "sha256": "DIGEST", "scopes": [] } ] } ] }""", out _).Single();

        Assert.Equal(Scopes.None, account.Keys[0].Scopes);
    }

    [Fact]
    public void Reader_OneAccountChanged_ReadsThatOneAndKeepsTheOthers()
    {
        var reader = new AccountDocumentReader();
        var before = reader.Read("""{ "version": 1, "accounts": [ { "id": "a" }, { "id": "b" } ] }"""u8, out _);

        var after = reader.Read("""{ "version": 1, "accounts": [ { "id": "b" }, { "id": "a", "disabled": true } ] }"""u8, out var errors);

        Assert.Empty(errors);
        Assert.Equal(["b", "a"], after.Select(account => account.Id.ToString()));
        Assert.Same(before[1], after[0]);
        Assert.True(after[1].Disabled);
    }

    [Theory]
    [InlineData("""{ "accounts": [ { "id": "a" } ] } x""")]
    [InlineData("""{ "accounts": [ { "id": "a" } ], "accounts": [] }""")]
    [InlineData("""{ "accounts": [ { "id": "a" } ], "more": 1 }""")]
    [InlineData("""{ "accounts": [ { "id": "a" }, 7 ] }""")]
    [InlineData("""{ "version": 1, "version": 1, "accounts": [ { "id": "a" } ] }""")]
    [InlineData("""{ "version": 1.5, "accounts": [ { "id": "a" } ] }""")]
    [InlineData("""{ "accounts": [ { "id": "a" } ]""")]
    public void Read_AnotherShape_IsAnError(string json)
    {
        Read(json, out var errors);

        Assert.NotEmpty(errors);
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.Single(AccountDocument.Read([.. "\uFEFF"u8, .. """{ "accounts": [ { "id": "a" } ] }"""u8], out _));

    [Fact]
    public void Write_Account_HasTheDocumentedShape()
    {
        Assert.True(KeyDigest.TryParse(Digest, out var digest));
        var account = new Account
        {
            Id = Some.Acme,
            Name = "Acmé & Co",
            Limit = new AccountLimit(1000, TimeSpan.FromMinutes(1)),
            Keys = [new AccountKey { Id = KeyId.Parse("k1"), Name = "prod", Digest = digest, Created = DateTimeOffset.UnixEpoch }],
            Aggregators = [new Aggregator(AggregatorId.Parse("agg_1"), "Sign-ups")],
        };

        var text = Encoding.UTF8.GetString(AccountDocument.Write([account]));

        Assert.Equal(
            """
            {
              "version": 1,
              "accounts": [
                {
                  "id": "acme",
                  "name": "Acmé & Co",
                  "disabled": false,
                  "limit": {
                    "permits": 1000,
                    "window": "00:01:00"
                  },
                  "keys": [
                    {
                      "id": "k1",
                      "name": "prod",
                      "sha256": "DIGEST",
                      "scopes": [
                        "ingest",
                        "read"
                      ],
                      "created": "1970-01-01T00:00:00+00:00",
                      "expires": null
                    }
                  ],
                  "aggregators": [
                    {
                      "id": "agg_1",
                      "name": "Sign-ups"
                    }
                  ]
                }
              ]
            }

            """.Replace("DIGEST", Digest, StringComparison.Ordinal).ReplaceLineEndings("\n"),
            text);
    }

    private static IReadOnlyList<Account> Read(string json, out IReadOnlyList<string> errors) =>
        Read(Encoding.UTF8.GetBytes(json.Replace("DIGEST", Digest, StringComparison.Ordinal)), out errors);

    /// <summary>Read at once and read piece by piece must be the same, whatever was read before.</summary>
    private static IReadOnlyList<Account> Read(byte[] utf8, out IReadOnlyList<string> errors)
    {
        var accounts = AccountDocument.Read(utf8, out errors);
        var reader = new AccountDocumentReader();
        for (var round = 0; round < 2; round++)
        {
            var again = reader.Read(utf8, out var sameErrors);
            Assert.Equal(errors, sameErrors);
            Assert.Equal(accounts.Select(AccountDocument.WriteOne), again.Select(AccountDocument.WriteOne));
        }

        return accounts;
    }
}
