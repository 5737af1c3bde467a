using System.Globalization;

namespace Eventicat.Cli.Verify;

/// <summary>What came back, whole.</summary>
internal sealed record Answer(int Status, ILookup<string, string> Headers, string Body)
{
    /// <value>As the gateway answers where no route takes a request: there is nothing to check then.</value>
    public bool IsUnrouted => Status == StatusCodes.Status404NotFound && Body == """{"error":"Not found"}""";

    public string? Header(string name) => Headers[name].FirstOrDefault();

    public long? Number(string name) =>
        long.TryParse(Header(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether a secret comes back, in its own or in a URL's spelling.</summary>
    public bool Repeats(string secret)
    {
        var everything = string.Join('\n', Headers.SelectMany(static header => header).Append(Body));
        return everything.Contains(secret, StringComparison.OrdinalIgnoreCase)
            || everything.Contains(Uri.EscapeDataString(secret), StringComparison.OrdinalIgnoreCase);
    }
}
