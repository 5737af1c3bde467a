namespace Eventicat.Accounts.Tests;

/// <summary>Test data; each call gives ids and keys that no other call gives.</summary>
internal static class Some
{
    private static int _count;

    public static readonly AccountId Acme = AccountId.Parse("acme");
    public static readonly AccountId Umbrella = AccountId.Parse("umbrella");

    public static KeyDigest Digest() => ApiKey.Generate(out _).Digest;

    public static AccountKey Key() => new() { Id = KeyId.Parse(Unique("k")), Digest = Digest() };

    public static Aggregator Aggregator() => new(AggregatorId.Parse(Unique("agg_")), "Sign-ups");

    public static AccountId Id() => AccountId.Parse(Unique("account"));

    public static Account Account(AccountId id) => new() { Id = id, Keys = [Key()], Aggregators = [Aggregator()] };

    private static string Unique(string prefix) => $"{prefix}{Interlocked.Increment(ref _count)}";
}
