using System.Globalization;
using System.Text.Json.Serialization;
using Eventicat.Gateway.Requests;
using Eventicat.Gateway.Usage.Counting;
using Eventicat.Gateway.Usage.Storing;

namespace Eventicat.Gateway.Usage.Answering;

/// <summary>The answer about one account. Times are Unix seconds, as in the API's own answers.</summary>
internal sealed record AccountUsageBody(
    string Account, WindowBody? Window, IEnumerable<BucketBody> Minutes, IEnumerable<BucketBody> Hours, IReadOnlyDictionary<string, long> Keys)
{
    public static AccountUsageBody Of(string account, AccountWindow? window, UsageHistory history) => new(
        account,
        window is { } present ? WindowBody.Of(present) : null,
        history.Minutes.Select(BucketBody.Of),
        history.Hours.Select(BucketBody.Of),
        history.KeyUses.OrderBy(use => use.Key.ToString(), StringComparer.Ordinal).ToDictionary(use => use.Key.ToString(), use => use.Value, StringComparer.Ordinal));
}

internal sealed record WindowBody(int Limit, string Window, int Used, int Remaining, long ResetTime)
{
    public static WindowBody Of(AccountWindow window) => new(
        window.Limit.Permits,
        window.Limit.Window.ToString("c", CultureInfo.InvariantCulture),
        window.Used,
        Math.Max(0, window.Limit.Permits - window.Used),
        (window.ResetAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
}

internal sealed record BucketBody(long Time, IReadOnlyDictionary<string, int> Outcomes, int UrlKeys)
{
    public static BucketBody Of(UsageBucket bucket)
    {
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < UsageOutcomes.Names.Length; i++)
        {
            if (bucket.Counts[i] > 0)
            {
                outcomes[UsageOutcomes.Names[i]] = bucket.Counts[i];
            }
        }

        return new BucketBody(bucket.Time, outcomes, bucket.Counts.UrlKeys);
    }
}

internal sealed record UrlKeyBody(string Id, long UrlKeys, long Last);

internal sealed record UrlKeysBody(IEnumerable<UrlKeyBody> Accounts, string? Next);

internal sealed record KeyBody(string Account, string Key, long Used);

internal sealed record KeysBody(IEnumerable<KeyBody> Keys, string? Next);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AccountUsageBody))]
[JsonSerializable(typeof(UrlKeysBody))]
[JsonSerializable(typeof(KeysBody))]
internal sealed partial class UsageJson : JsonSerializerContext;
