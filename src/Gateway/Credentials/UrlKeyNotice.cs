using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Eventicat.Gateway.Credentials;

/// <summary>Tells a client that keys in URLs are on their way out: <c>Deprecation</c> (RFC 9745) and a link that says more.</summary>
internal sealed class UrlKeyNotice(IOptions<CredentialsOptions> options, TimeProvider time)
{
    private const string Relation = "deprecation";

    private readonly string _deprecation = string.Create(
        CultureInfo.InvariantCulture, $"@{(options.Value.UrlKeysDeprecated ?? time.GetUtcNow()).ToUnixTimeSeconds()}");

    private readonly string? _link = string.IsNullOrEmpty(options.Value.UrlKeysLink)
        ? null
        : $"<{new Uri(options.Value.UrlKeysLink).AbsoluteUri}>; rel=\"{Relation}\"; type=\"text/html\"";

    /// <summary>At the last moment, so that a backend's words on the same matter do not stand beside ours; its other links stay.</summary>
    public void Write(IHeaderDictionary headers)
    {
        headers["Deprecation"] = _deprecation;
        if (_link is not null)
        {
            headers.Link = StringValues.Concat(Others(headers.Link), _link);
        }
    }

    private static StringValues Others(StringValues links) =>
        links.Count == 0 ? links : (string[])[.. links.OfType<string>().SelectMany(LinkHeader.Split).Where(link => !LinkHeader.HasRelation(link, Relation))];
}
