using System.Globalization;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Hosting;

public enum WireProtocol
{
    Http1,
    Http2,
}

/// <summary>The same request over either protocol, each as its bytes.</summary>
internal static class Exchange
{
    public static readonly WireProtocol[] Protocols = [WireProtocol.Http1, WireProtocol.Http2];

    /// <param name="gateway">Where to.</param>
    /// <param name="protocol">HTTP/1.1, or HTTP/2 in clear text.</param>
    /// <param name="method">As it goes out.</param>
    /// <param name="target">As it goes out; Latin-1.</param>
    /// <param name="headers">Beside host; Latin-1. HTTP/2 gets their names in lower case.</param>
    /// <param name="body">With its length, if there is one.</param>
    /// <exception cref="Xunit.Sdk.XunitException">There was no answer.</exception>
    public static async Task<RawAnswer> SendAsync(
        this GatewayHost gateway, WireProtocol protocol, string method, string target, (string Name, string Value)[]? headers = null, string? body = null)
    {
        var answer = await gateway.TrySendAsync(protocol, method, target, headers, body);
        Assert.NotNull(answer);
        return answer;
    }

    /// <returns><c>null</c>: the server ended the stream or the connection without an answer.</returns>
    public static async Task<RawAnswer?> TrySendAsync(
        this GatewayHost gateway, WireProtocol protocol, string method, string target, (string Name, string Value)[]? headers = null, string? body = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        (string Name, string Value)[] length = body is null ? [] : [("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture))];
        (string Name, string Value)[] all = [.. headers ?? [], .. length];
        if (protocol == WireProtocol.Http1)
        {
            var lines = string.Concat(all.Select(header => $"{header.Name}: {header.Value}\r\n"));
            var host = all.Any(header => header.Name.Equals("host", StringComparison.OrdinalIgnoreCase)) ? "" : "Host: x\r\n";
            var text = await RawClient.SendAsync(
                gateway.Public.BaseAddress!, $"{method} {target} HTTP/1.1\r\n{host}Connection: close\r\n{lines}\r\n{body}", cancellationToken);
            return text.Length == 0 ? null : RawAnswer.Parse(text);
        }

        await using var client = await RawHttp2Client.ConnectAsync(gateway.Http2, cancellationToken);
        var answer = await client.SendAsync(
            [(":method", method), (":scheme", "http"), (":path", target), (":authority", "x"), .. all.Select(header => (LowerCase(header.Name), header.Value))],
            body,
            cancellationToken: cancellationToken);
        return answer.End == RawHttp2End.Answered
            ? new RawAnswer(
                answer.Status, answer.Headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), answer.Body)
            : null;
    }

#pragma warning disable CA1308 // RFC 9113 section 8.2.1 wants lower case.
    private static string LowerCase(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308
}
