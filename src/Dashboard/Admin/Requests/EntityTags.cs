using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>An account's version as HTTP carries it.</summary>
internal static class EntityTags
{
    public static string Of(Account account) => $"\"{AccountVersion.Of(account)}\"";

    /// <param name="header">May be empty: whatever the account is.</param>
    /// <param name="expected"><c>null</c> for whatever it is.</param>
    /// <returns>False: not one ETag and not <c>*</c>.</returns>
    public static bool TryReadIfMatch(StringValues header, out AccountVersion? expected)
    {
        expected = null;
        if (header.Count == 0)
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(header!, out var tags) || tags is not [var tag])
        {
            return false;
        }

        // A weak one matches nothing (RFC 9110 section 13.1.1); with its prefix it is no account's version.
        expected = tag.Equals(EntityTagHeaderValue.Any) ? null
            : AccountVersion.Parse(tag.IsWeak ? tag.ToString() : tag.Tag.Value![1..^1]);
        return true;
    }

    public static bool IsNoneMatch(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch!, out var tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));
}
