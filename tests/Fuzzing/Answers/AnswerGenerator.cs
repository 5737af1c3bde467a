using System.Globalization;
using System.Text;

namespace Eventicat.Fuzzing.Answers;

/// <summary>Makes answers of a backend: good ones, odd ones, and bytes that are none.</summary>
internal sealed class AnswerGenerator(int seed)
{
    private static readonly string[] StatusLines =
    [
        "HTTP/1.1 200 OK", "HTTP/1.1 200 ", "HTTP/1.1 201 Created", "HTTP/1.1 404 Not Found", "HTTP/1.1 500 Internal Server Error", "HTTP/1.1 302 Found", "HTTP/1.1 206 Partial Content", "HTTP/1.1 429 Too Many Requests", "HTTP/1.0 200 OK",
    ];

    private static readonly string[] OddStatusLines =
    [
        "HTTP/1.1 204 No Content", "HTTP/1.1 205 Reset Content", "HTTP/1.1 304 Not Modified", "HTTP/1.1 101 Switching Protocols", "HTTP/1.1 000 Zero", "HTTP/1.1 999 Much", "HTTP/1.1 099 Less", "HTTP/1.1 1000 More", "HTTP/1.1 20 Short", "HTTP/1.1 2x0 Letters", "HTTP/1.1 200", "HTTP/1.1  200 OK",
        "HTTP/1.1 200 caf\u00e9 \u00ff", "HTTP/1.1 200 tab\there", "HTTP/1.1 200 nul\0", "HTTP/2 200 OK", "HTTP/1.2 200 OK", "ICY 200 OK", "http/1.1 200 OK", "", "garbage", "HTTP/1.1 407 Proxy", "HTTP/1.1 421 Misdirected", "HTTP/1.1 418 I'm a teapot",
    ];

    private static readonly (string Name, string Value)[] Fields =
    [
        ("X-B-One", "1"), ("X-B-One", "2"), ("Content-Type", "application/json"), ("Set-Cookie", "a={marker}"), ("Set-Cookie", "b=2; Path=/"), ("ETag", "\"x\""), ("Cache-Control", "max-age=5"), ("X-B-Name", "Jos\u00e9"), ("Content-Disposition", "attachment; filename=\"caf\u00c3\u00a9\""), ("Location", "/caf\u00c3\u00a9"), ("X-B-Empty", ""), ("Retry-After", "7"), ("Date", "yesterday"), ("Vary", "*"), ("Link", "</a>; rel=next"), ("Last-Modified", "never"), ("Expires", "0"), ("Allow", "GET"), ("WWW-Authenticate", "Basic"), ("X-B-Tab", "a\tb"), ("X-B-All", "\u0080\u00ff"),
        ("Server", "secret/1"), ("X-Powered-By", "PHP"), ("X-RateLimit-Limit", "1"), ("RateLimit", "x"), ("X_RateLimit_Limit", "1"), ("X-Request-Id", "theirs"), ("X-Eventicat-Account", "theirs"), ("Access-Control-Allow-Origin", "http://evil"), ("Access-Control-Allow-Credentials", "true"), ("Keep-Alive", "timeout=5"), ("Alt-Svc", "h3=\":443\""), ("Strict-Transport-Security", "max-age=1"), ("Upgrade", "h2c"), ("Trailer", "X-B-T"), ("Proxy-Authenticate", "Basic"),
    ];

    private static readonly (string Name, string Value)[] OddFields =
    [
        ("X B", "space"), ("X-B-\u00e9", "x"), ("", "x"), ("X-B@", "x"), ("X-B-Nul", "a\0b"), ("X-B-Vt", "a\u000bb"), ("X-B-Del", "a\u007fb"), ("X-B-Cr", "a\rb"), ("X-B-Fold", "a\r\n b"), ("X-B-Lf", "a\nX-B-Split: 1"), ("X-B-Sp ", "x"), ("X-B-Long", "{long}"), ("X-B-" + new string('n', 5000), "x"), ("Connection", "close"), ("Connection", "X-B-One"), ("Content-Length", "3"), ("Content-Length", "+3"), ("Content-Length", "-1"), ("Content-Length", "3, 3"), ("Content-Length", "99999999999999999999"), ("Content-Length", ""), ("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "xchunked"), ("Transfer-Encoding", "gzip, chunked"), ("Transfer-Encoding", "identity"), (":status", "200"), ("no colon", null!), ("Content-Type", "\u00e9"), ("Content-Encoding", "gzip"), ("Location", "http://x/\u0001"), ("Set-Cookie", "a=b\u0001"),
    ];

    public (string Method, BackendAnswer Answer) Create(int index, string marker)
    {
        var random = new Random(unchecked((seed * 486187739) + index));
        string method = random.Next(6) switch { 0 => "HEAD", 1 => "POST", _ => "GET" };
        var text = new StringBuilder();
        for (var i = random.Next(8) == 0 ? random.Next(1, 30) : 0; i > 0; i--)
        {
            text.Append(random.Next(3) switch { 0 => "HTTP/1.1 100 Continue\r\n\r\n", 1 => "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n", _ => "HTTP/1.1 102 Processing\r\n\r\n" });
        }

        text.Append(Seldom() ? Pick(OddStatusLines) : Pick(StatusLines)).Append("\r\n");
        text.Append(CultureInfo.InvariantCulture, $"X-B-Marker: {marker}\r\n");
        for (var i = random.Next(5); i > 0; i--)
        {
            AppendField(Seldom() ? Pick(OddFields) : Pick(Fields));
        }

        var closes = AppendBody(text, random, marker);
        if (Seldom())
        {
            var at = random.Next(text.Length);
            _ = random.Next(3) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at)),
                1 => text.Insert(at, (char)random.Next(256)),
                _ => text.Remove(at, text.Length - at),
            };
            closes = true;
        }

        return (method, new BackendAnswer(text.Replace("{marker}", marker).Replace("{long}", string.Concat(Enumerable.Repeat(marker, 7000))).ToString(), closes || random.Next(10) == 0));

        bool Seldom() => random.Next(8) == 0;

        T Pick<T>(T[] from) => from[random.Next(from.Length)];

        void AppendField((string Name, string? Value) field) => text.Append(field.Name).Append(field.Value is null ? "" : $": {field.Value}").Append("\r\n");
    }

    /// <returns>Whether the connection has to end for the answer to have an end.</returns>
    private static bool AppendBody(StringBuilder text, Random random, string marker)
    {
        var body = random.Next(4) switch { 0 => "", 1 => marker, 2 => string.Concat(Enumerable.Repeat(marker + "\0\u00ff\r\n", 50)), _ => $"HTTP/1.1 200 OK\r\nX-B-Smuggled: {marker}\r\nContent-Length: 0\r\n\r\n" };
        switch (random.Next(10))
        {
            case 0:
                text.Append("\r\n").Append(body);
                return true;
            case < 6:
                var difference = random.Next(10) == 0 ? random.Next(-5, 6) : 0;
                text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Math.Max(0, body.Length + difference)}\r\n\r\n{body}");
                return difference > 0;
            default:
                text.Append("Transfer-Encoding: chunked\r\n\r\n");
                if (body.Length > 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{body.Length:x}{(random.Next(10) == 0 ? ";x=y" : "")}\r\n{body}\r\n");
                }

                text.Append("0\r\n").Append(random.Next(6) switch { 0 => "X-B-T: caf\u00e9\r\n", 1 => "X-RateLimit-Limit: 1\r\n", 2 => "X B: bad\r\n", _ => "" }).Append("\r\n");
                return false;
        }
    }
}
