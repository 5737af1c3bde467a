using System.Runtime.InteropServices;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Credentials;

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
