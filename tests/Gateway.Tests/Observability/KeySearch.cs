using System.Text;

namespace Eventicat.Gateway.Tests.Observability;

/// <summary>Looks for a key in a text in every form in which a log might show it.</summary>
internal static class KeySearch
{
    public static int Count(string text, string key) => Forms(key).Sum(form => Occurrences(text, form));

    /// <summary>Plain, each character percent-encoded (also twice), Base64 at each of its three alignments, hexadecimal.</summary>
    private static IEnumerable<string> Forms(string key)
    {
        yield return key;
        var encoded = string.Concat(key.Select(character => $"%{(int)character:X2}"));
        yield return encoded;
        yield return encoded.Replace("%", "%25", StringComparison.Ordinal);
        yield return Convert.ToHexString(Encoding.ASCII.GetBytes(key));
        for (var shift = 0; shift < 3; shift++)
        {
            // The characters in the middle do not depend on what stands before or after the key.
            var text = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string(' ', shift) + key));
            yield return text[4..^4];
        }
    }

    private static int Occurrences(string text, string form)
    {
        var count = 0;
        for (var at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(form, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            count++;
        }

        return count;
    }
}
