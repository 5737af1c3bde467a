namespace Eventicat.Accounts.Tests;

public sealed class IdentifierTests
{
    public static readonly TheoryData<string?, bool> Texts = new()
    {
        { "a", true },
        { "Acme_Inc-1", true },
        { new string('a', 64), true },
        { new string('a', 65), false },
        { "", false },
        { null, false },
        { "a b", false },
        { "a/b", false },
        { "a}b", false },
        { "ä", false },
        { "a\n", false },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void TryParse_AnyKindOfId_FollowsOneRule(string? text, bool valid)
    {
        Assert.Equal(valid, AccountId.TryParse(text, out var account));
        Assert.Equal(valid, AggregatorId.TryParse(text, out var aggregator));
        Assert.Equal(valid, KeyId.TryParse(text, out var key));
        var expected = valid ? text : "";
        Assert.Equal([expected, expected, expected], [account.ToString(), aggregator.ToString(), key.ToString()]);
    }

    [Fact]
    public void Generate_Aggregator_HasTheDocumentedShape() =>
        Assert.Matches("^agg_[0-9A-Za-z]{16}$", AggregatorId.Generate().ToString());
}
