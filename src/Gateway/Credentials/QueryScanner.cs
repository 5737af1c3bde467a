using System.Buffers;
using System.Runtime.InteropServices;
using Eventicat.Accounts;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Credentials;

/// <summary>
/// One pass over a raw query: cuts every <c>_apikey</c>, reads <c>_id</c>. Pairs are separated by <c>&amp;</c> alone
/// (WHATWG URL Standard, application/x-www-form-urlencoded); names are percent-decoded once and compared without case.
/// Nothing is re-encoded: what stays is copied as it came.
/// </summary>
internal static class QueryScanner
{
    private const string KeyName = "_apikey";
    private const string IdName = "_id";

    /// <param name="query">With its leading <c>?</c>, or empty.</param>
    public static QueryScan Scan(string query)
    {
        if (query.Length < 2)
        {
            return new QueryScan(query, HasKey: false, Key: null, HasKeyAlias: false, default, IsMalformed: false);
        }

        var (hidesKey, hidesId) = LookBehindSemicolons(query);
        if (hidesKey)
        {
            return new QueryScan("", HasKey: true, Key: null, HasKeyAlias: false, default, IsMalformed: true);
        }

        var pairs = query.AsSpan(1);
        char[]? kept = null;
        var keptLength = 0;
        var keptPairs = 0;
        var keys = default(Values);
        var ids = default(Values);
        var hasAliasOfId = false;
        var hasAliasOfKey = false;
        for (var start = 0; start <= pairs.Length;)
        {
            var length = pairs[start..].IndexOf('&') is var ampersand and >= 0 ? ampersand : pairs.Length - start;
            var pair = pairs.Slice(start, length);
            var nameLength = pair.IndexOf('=') is var equals and >= 0 ? equals : pair.Length;
            var name = pair[..nameLength];
            var value = nameLength < pair.Length ? pair[(nameLength + 1)..] : default;
            if (NameIs(name, KeyName))
            {
                keys.Add(DecodeKey(value));
                if (kept is null)
                {
                    kept = ArrayPool<char>.Shared.Rent(query.Length);
                    query.AsSpan(0, start).CopyTo(kept);
                    keptLength = start;
                }
            }
            else
            {
                if (NameIs(name, IdName))
                {
                    ids.Add(DecodeId(value));
                }
                else
                {
                    hasAliasOfId |= IsAliasOf(name, IdName);
                    hasAliasOfKey |= IsAliasOf(name, KeyName);
                }

                if (kept is not null)
                {
                    kept[keptLength++] = keptPairs == 0 ? '?' : '&';
                    pair.CopyTo(kept.AsSpan(keptLength));
                    keptLength += length;
                }

                keptPairs++;
            }

            start += length + 1;
        }

        var aggregator = new AggregatorParameter(ids.Only, hidesId || ids.Count > 1 || (hasAliasOfId && ids.Count > 0));
        return kept is null
            ? new QueryScan(query, HasKey: false, Key: null, hasAliasOfKey, aggregator, IsMalformed: false)
            : new QueryScan(TakeKept(kept, keptLength), HasKey: true, keys.Only, hasAliasOfKey, aggregator, IsMalformed: false);
    }

    /// <summary>Whether the raw name, percent-decoded once, is this ASCII name in any case.</summary>
    private static bool NameIs(ReadOnlySpan<char> raw, string name)
    {
        if (!raw.Contains('%'))
        {
            return raw.Equals(name, StringComparison.OrdinalIgnoreCase);
        }

        var at = 0;
        foreach (var expected in name)
        {
            if (at >= raw.Length || char.ToLowerInvariant(PercentEncoding.ReadAt(raw, ref at)) != expected)
            {
                return false;
            }
        }

        return at == raw.Length;
    }

    /// <summary>
    /// PHP drops spaces before a name, takes a dot or a space in it for <c>_</c>, ends it at a NUL, and like others makes a
    /// list of <c>name[]</c>: such a name would take the place of the one that was checked.
    /// </summary>
    private static bool IsAliasOf(ReadOnlySpan<char> raw, string name)
    {
        var matched = 0;
        for (var at = 0; at < raw.Length;)
        {
            var isPlus = raw[at] == '+';
            var letter = PercentEncoding.ReadAt(raw, ref at);
            letter = isPlus ? ' ' : letter;
            if (letter == ' ' && matched == 0)
            {
                continue;
            }

            if (matched == name.Length)
            {
                return letter is '\0' or '[';
            }

            if ((letter is '.' or ' ' ? '_' : char.ToLowerInvariant(letter)) != name[matched++])
            {
                return false;
            }
        }

        return matched == name.Length;
    }

    /// <returns><c>null</c> for a value that cannot be a key for its length alone. A plus stays a plus.</returns>
    private static string? DecodeKey(ReadOnlySpan<char> value)
    {
        if (value.Length > 3 * ApiKey.MaxLength)
        {
            return null;
        }

        return value.Contains('%') ? PercentEncoding.DecodeBytes(value) : value.ToString();
    }

    private static string DecodeId(ReadOnlySpan<char> value)
    {
        var text = value.ToString();
        return value.ContainsAny('%', '+') ? Uri.UnescapeDataString(text.Replace('+', ' ')) : text;
    }

    /// <summary>
    /// To WHATWG a semicolon is data, to some backends it separates pairs: a name behind one is neither cut nor checked.
    /// </summary>
    private static (bool Key, bool Id) LookBehindSemicolons(string query)
    {
        if (!query.Contains(';') && !query.Contains("%3b", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var decoded = Uri.UnescapeDataString(query);
        return (decoded.Contains($";{KeyName}=", StringComparison.OrdinalIgnoreCase),
            decoded.Contains($";{IdName}=", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A lone <c>?</c>, left by an empty pair, goes too.</summary>
    private static string TakeKept(char[] kept, int length)
    {
        var query = length > 1 ? new string(kept, 0, length) : "";
        // The buffer never held a key: key pairs are skipped, not copied.
        ArrayPool<char>.Shared.Return(kept);
        return query;
    }

    /// <summary>The values of a parameter, as long as they agree.</summary>
    private struct Values
    {
        private string? _first;
        private bool _differ;

        public int Count { get; private set; }

        public readonly string? Only => _differ ? null : _first;

        public void Add(string? value)
        {
            _differ |= Count > 0 && !string.Equals(value, _first, StringComparison.Ordinal);
            _first ??= value;
            Count++;
        }
    }
}

/// <summary>What <see cref="QueryScanner"/> found in one query.</summary>
/// <param name="Query">The query without key parameters, every other byte as it came; empty when nothing is left.</param>
/// <param name="HasKey">Whether a key parameter was there, in whatever form.</param>
/// <param name="Key">The decoded value, if all key parameters had the same and it was short enough to be a key.</param>
/// <param name="HasKeyAlias">Whether a name stayed that some backends read as the key parameter, such as <c>_apikey[]</c>.</param>
/// <param name="Aggregator">The parameter <c>_id</c>.</param>
/// <param name="IsMalformed">A key hides where a backend may find it and we do not cut: the request is refused.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QueryScan(
    string Query, bool HasKey, string? Key, bool HasKeyAlias, AggregatorParameter Aggregator, bool IsMalformed);
