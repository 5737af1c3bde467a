using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Gateway.Usage.Storing;

namespace Eventicat.Gateway.Usage.Answering;

/// <summary>Where a list goes on: the last entry already known, in a form that nobody is tempted to make up.</summary>
internal static class UsageCursor
{
    public static string Of(UrlKeyUse use) => Encode(string.Create(CultureInfo.InvariantCulture, $"{use.Last} {use.Account}"));

    public static string Of(KeyUse use) => Encode($"{use.Account} {use.Key}");

    public static bool TryRead(string text, out UrlKeyUse? use)
    {
        use = Decode(text) is [var last, var id] && AccountId.TryParse(id, out var account)
            && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new UrlKeyUse(account, seconds)
            : null;
        return use is not null;
    }

    public static bool TryRead(string text, out KeyUse? use)
    {
        use = Decode(text) is [var id, var keyId] && AccountId.TryParse(id, out var account) && KeyId.TryParse(keyId, out var key)
            ? new KeyUse(account, key, Last: 0)
            : null;
        return use is not null;
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));

    private static string[] Decode(string text) =>
        Base64Url.IsValid(text) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(' ') : [];
}
