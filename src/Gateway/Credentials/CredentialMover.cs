using System.Buffers;
using Eventicat.Accounts;
using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.Gateway.Credentials;

/// <summary>
/// Takes the key out of the URL and puts it into the Bearer header, before anything above the server sees the request,
/// and leaves a <see cref="GatewayRequest"/> as the proof.
/// </summary>
internal sealed class CredentialMover(TimeProvider time)
{
    /// <summary>
    /// A fragment has no place in a request target (RFC 9112 section 3.2), and neither has a control character; both
    /// make servers disagree on where a path or a query ends.
    /// </summary>
    private static readonly SearchValues<char> Forbidden =
        SearchValues.Create(['#', '\u007f', .. Enumerable.Range(0, 0x20).Select(code => (char)code)]);

    public void Move(IFeatureCollection features)
    {
        var http = features.GetRequiredFeature<IHttpRequestFeature>();
        var targetLength = http.RawTarget.Length;
        var scan = QueryScanner.Scan(http.QueryString);
        var isMalformed = scan.IsMalformed
            || http.RawTarget.AsSpan().ContainsAny(Forbidden) || http.QueryString.AsSpan().ContainsAny(Forbidden);
        if (isMalformed)
        {
            Blank(http);
        }
        else if (scan.HasKey)
        {
            Cut(http, scan.Query);
        }

        features.Set(new GatewayRequest
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            IsMalformed = isMalformed,
            TargetLength = targetLength,
            Credential = isMalformed ? new Credential(Key: null, scan.HasKey) : TakeCredential(http.Headers, scan),
            AggregatorParameter = scan.Aggregator,
        });
    }

    private static Credential TakeCredential(IHeaderDictionary headers, QueryScan scan)
    {
        if (scan.HasKey && scan.Key is null)
        {
            return new Credential(Key: null, InUrl: true);
        }

        var came = headers.Authorization;
        var text = scan.Key;
        foreach (var header in came)
        {
            if (!BearerHeader.TryRead(header, out var token))
            {
                continue;
            }

            if (text is null)
            {
                text = token.ToString();
            }
            else if (!token.SequenceEqual(text))
            {
                return new Credential(Key: null, scan.HasKey);
            }
        }

        if (!ApiKey.TryParse(text, out var key))
        {
            return new Credential(Key: null, scan.HasKey);
        }

        headers.Authorization = BearerHeader.For(key.Reveal(), came);
        return new Credential(key, scan.HasKey);
    }

    private static void Cut(IHttpRequestFeature http, string query)
    {
        http.QueryString = query;
        var target = http.RawTarget;
        if (target.IndexOf('?', StringComparison.Ordinal) is var end and >= 0)
        {
            http.RawTarget = string.Concat(target.AsSpan(0, end), query);
        }
    }

    private static void Blank(IHttpRequestFeature http)
    {
        http.QueryString = "";
        http.RawTarget = UpToForbidden(http.RawTarget);
        http.Path = UpToForbidden(http.Path);

        static string UpToForbidden(string text)
        {
            var end = text.AsSpan().IndexOfAny(Forbidden);
            var query = text.IndexOf('?', StringComparison.Ordinal);
            var cut = end < 0 ? query : query < 0 ? end : Math.Min(end, query);
            return cut < 0 ? text : text[..cut];
        }
    }
}
