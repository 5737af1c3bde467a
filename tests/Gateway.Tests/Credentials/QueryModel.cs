using FsCheck;
using FsCheck.Fluent;

namespace Eventicat.Gateway.Tests.Credentials;

/// <summary>What cutting means, in the simplest form, and queries to try it on.</summary>
internal static class QueryModel
{
    private static readonly string[] Pieces =
    [
        "_apikey", "_APIKEY", "%5Fapikey", "_api%6Bey", "_aPi%4bEy", "_api key", "apikey", "%255Fapikey", "_apikey%00",
        "_id", "%5fid", "a", "%41", "%zz", "%", "+", "é", "\"", "<", "\\", "|", "[]", "=", "==", "&", "&&", "?", "/", ":", "@", "'", "value",
    ];

    /// <summary>Queries that are dense in what is hard to cut; a semicolon would make the request malformed.</summary>
    public static Arbitrary<string> Queries { get; } =
        Gen.Elements(Pieces).ListOf().Select(pieces => "?" + string.Concat(pieces)).ToArbitrary();

    public static string Cut(string query)
    {
        var pairs = query[1..].Split('&');
        var kept = pairs.Where(pair => !IsKey(pair)).ToArray();
        return kept.Length == pairs.Length ? query : string.Join('&', kept) is { Length: > 0 } rest ? "?" + rest : "";
    }

    /// <summary>Whether every key parameter of the query has this value.</summary>
    public static bool HasNoOtherKey(string query, string key) =>
        query[1..].Split('&').Where(IsKey).All(pair => Uri.UnescapeDataString(pair[pair.Split('=')[0].Length..]) == "=" + key);

    /// <summary>Also in the spellings that PHP reads as <c>_id</c>.</summary>
    public static int CountIds(string query) => query[1..].Split('&').Count(pair => NameIs(pair, "_id") || IsReadAsId(pair));

    private static bool IsReadAsId(string pair)
    {
        var name = Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' ')).TrimStart(' ');
        return name.Split('\0', '[')[0].Replace('.', '_').Replace(' ', '_').Equals("_id", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsKey(string pair) => NameIs(pair, "_apikey");

    private static bool NameIs(string pair, string name) =>
        Uri.UnescapeDataString(pair.Split('=')[0]).Equals(name, StringComparison.OrdinalIgnoreCase);
}
