namespace Eventicat.Gateway.Forwarding;

/// <summary>Compares header names as the most generous reader would: in any case, with <c>_</c> and <c>.</c> for <c>-</c>.</summary>
internal sealed class HeaderSpelling : IEqualityComparer<string>
{
    private HeaderSpelling()
    {
    }

    public static HeaderSpelling Generous { get; } = new();

    public static bool StartsWith(string name, string prefix) =>
        name.Length >= prefix.Length && AreSame(name.AsSpan(0, prefix.Length), prefix);

    public bool Equals(string? x, string? y) => AreSame(x, y);

    public int GetHashCode(string obj)
    {
        var hash = default(HashCode);
        foreach (var letter in obj)
        {
            hash.Add(Fold(letter));
        }

        return hash.ToHashCode();
    }

    private static bool AreSame(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (var i = 0; i < one.Length; i++)
        {
            if (Fold(one[i]) != Fold(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static char Fold(char letter) => letter switch
    {
        '_' or '.' => '-',
        >= 'A' and <= 'Z' => (char)(letter | 0x20),
        _ => letter,
    };
}
