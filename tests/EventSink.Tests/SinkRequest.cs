using System.Net.Http.Headers;
using System.Text;

namespace Eventicat.EventSink.Tests;

/// <summary>Requests as the gateway sends them.</summary>
internal static class SinkRequest
{
    public static HttpRequestMessage Create(
        HttpMethod method, string path, string? requestId = null, string account = "acme", string aggregator = "agg_1")
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Eventicat-Account", account);
        request.Headers.Add("X-Eventicat-Aggregator", aggregator);
        if (requestId is not null)
        {
            request.Headers.Add("X-Request-Id", requestId);
        }

        return request;
    }

    public static ByteArrayContent Body(string text, string? contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}
