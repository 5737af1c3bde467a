namespace Eventicat.Fuzzing.Inputs;

/// <summary>What requests are made of: first what ordinary clients send, then what attackers and bugs do.</summary>
internal static class Pieces
{
    public static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    public static readonly string[] OddMethods =
        ["CONNECT", "TRACE", "get", "Get", "head", "PROPFIND", "M-SEARCH", "QUERY", "G\u0080T", "GE T", "", "POST\t", "PRI", "X" + new string('M', 300)];

    public static readonly string[] Paths =
    [
        "/api/event", "/api/events", "/api/event/", "/api/events/123", "/api/a/b/c", "/api/caf%E9", "/api/caf%C3%A9", "/api/x%3Ay", "/api/[x]", "/api/%41",
        "/api/a+b", "/api/~a'(b)*!$,=@:", "/api/%25", "/api/a%20b", "/api/{x}|y^z`", "/api/\"q\"<x>", "/api/%zz", "/api/%", "/api/%4", "/API/event", "/%61pi/event", "/api/%e2%82%ac%ff",
    ];

    public static readonly string[] OddPaths =
    [
        "/", "*", "/api", "/apix", "/health/ready", "/metrics", "//api/event", "/api//event", "/api/../api/event", "/api/./event", "/api/%2e%2e/x", "/api/a%2Fb", "/api/a%5Cb", "/api/a\\b",
        "/api/a;b", "/api/a%3Bb", "/api/a.", "/api/a%2E", "/api/a%20", "/api/a%00b", "/api/a%0d%0ab", "/api/a b", "/api/caf\u00e9", "/api/caf\u00c3\u00a9", "/api/event#frag", "/api/\u007f", "/api/\u0001",
        "http://gateway/api/event", "HTTP://gateway/api/a%2fb", "http://other/api/caf%E9", "https://gateway/api/event", "http://user@gateway/api/event", "http://gateway", "http://gateway\\api\\event", "ftp://gateway/api/event",
        "gateway:80", "gateway/api/event", "", "/api/%252e%252e", "/api/%uff0e", "/api/\u00a0", "/api/ ", "?/api/event", "/api/event%3F_id=agg_1", "/%2fapi/event", "/api/" + new string('p', 9000),
    ];

    public static readonly string[] Pairs =
    [
        "name=signup", "a=b", "x=%zz", "y=%41", "z=\"", "q=a+b", "e=", "e", "", "caf%C3%A9=1", "[a]=1", "a=%E9", "t={x}", "u=|^`", "a='b'", "k=%00", "p=%25", "_idx=1", "_i=d", "id=2", "apikey=no", "v=1;w=2", "d=1=2", "?=?", "//=..", "n={marker}", "k=%2526",
    ];

    public static readonly string[] OddPairs =
    [
        "_apikey={key}", "%5Fapikey={key}", "_APIKEY={key}", "_api%6Bey={key}", "_apikey=", "_apikey", "_apikey={otherkey}", "_apikey=%00", "_apikey={key}x", "_apikey=caf\u00e9", "a;_apikey={key}", ";_apikey={key}", "a=1%3b_apikey={key}", "%253b_apikey={key}",
        "_id=agg_1", "_id=agg_2", "%5fid=agg_1", "_ID=agg_1", "_id=", "_id", ";_id=agg_2", "a=b;_id=agg_2", "_id[]=agg_2", "_id.=agg_2", "a=caf\u00e9", "a b=c", "a=b c", "a=#b", "#", "a=\u007f", "a=\u0001", "a=\u00ff", "_id=agg_1%00", "_id=agg%5F1", " _id=agg_2", "_id%20=agg_2", "_apikey%00={key}", "_apikey%20={key}", "_apikey[]={key}", "+.apikey={otherkey}", "{long}",
    ];

    public static readonly (string Name, string Value)[] Fields =
    [
        ("Accept", "*/*"), ("Accept", "text/html"), ("User-Agent", "curl/8.5.0"), ("User-Agent", "Mozilla/5.0 (X11; Linux) caf\u00e9"), ("Content-Type", "application/json"), ("Content-Type", "text/plain; charset=\"utf-8\""), ("Cookie", "a=b; c=d"), ("Cookie", "n=Jos\u00c3\u00a9"), ("Referer", "http://x/\u00c3\u00a9"), ("Referer", "http://x/?_apikey={key}&a=b#f"), ("Referer", "/?a;_apikey={key}"), ("Referer", "/?next=%252f%253f_apikey%253d{key}#x"), ("Referer", "/?.apikey={otherkey}"), ("X-Name", "Jos\u00e9"),
        ("X-Empty", ""), ("Origin", "http://x"), ("If-None-Match", "\"a\""), ("If-Modified-Since", "yesterday"), ("Range", "bytes=0-"), ("Accept-Encoding", "gzip"), ("Cache-Control", "no-cache"), ("Idempotency-Key", "{marker}"), ("Date", "not a date"), ("Via", "1.1 x"), ("From", "a@b"), ("Warning", "199 - \"x\""),
        ("X-Marker", "{marker}"), ("X-Tab", "a\tb"), ("Allow", "GET"), ("Expires", "0"), ("Last-Modified", "never"), ("Content-Language", "en"), ("Content-Encoding", "gzip"), ("Content-Location", "/x"), ("Content-Disposition", "attachment"), ("Content-Range", "bytes 0-1/2"), ("Content-MD5", "x"), ("Max-Forwards", "10"), ("Pragma", "no-cache"), ("X-Under_score", "1"), ("X.Dot", "1"), ("DNT", "1"),
        ("Accept-Charset", "\u0080\u00ff"), ("X!#$%&'*+-.^_`|~", "token"), ("Server", "x"), ("Location", "/y"), ("ETag", "x"), ("Age", "1"), ("Retry-After", "1"), ("Set-Cookie", "a=b"), ("WWW-Authenticate", "Basic"), ("Vary", "*"), ("Strict-Transport-Security", "max-age=1"), ("Grpc-Timeout", "1S"), ("Sec-Fetch-Mode", "cors"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
    ];

    public static readonly (string Name, string Value)[] OddFields =
    [
        ("X-Eventicat-Account", "evil"), ("x-eventicat-key", "evil"), ("X_Eventicat_Account", "evil"), ("X.Eventicat.Account", "evil"), ("X-Eventicat_Aggregator", "evil"), ("X-Eventicat-", "evil"), ("X-Eventicat-@", "evil"), ("X-Eventicat-Account\u000b", "evil"), ("X-Eventicat-Account ", "evil"), ("X-Request-Id", "evil"), ("X_Request_Id", "evil"), ("X.Request.Id", "evil"), ("X-Eventicat-Identity", "evil"),
        ("X-Forwarded-For", "6.6.6.6"), ("X_Forwarded_For", "6.6.6.6"), ("X.Forwarded.For", "6.6.6.6"), ("X-Forwarded-Host", "evil"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/evil"), ("X_Forwarded_Proto", "https"), ("Forwarded", "for=6.6.6.6"), ("X-Real-IP", "6.6.6.6"), ("X-Forwarded-Port", "1"), ("X-Original-For", "6.6.6.6"),
        ("Transfer_Encoding", "chunked"), ("Transfer.Encoding", "chunked"), ("Content_Length", "5"), ("Content.Length", "5"), ("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "xchunked"), ("Transfer-Encoding", "chunked, identity"), ("Transfer-Encoding", "identity"), ("Transfer-Encoding", "\u000bchunked"), ("Transfer-Encoding", ""), ("Content-Length", "+4"), ("Content-Length", "4"), ("Content-Length", "0"), ("Content-Length", "-1"), ("Content-Length", "4, 4"), ("Content-Length", "0x4"), ("Content-Length", "99999999999999999999"), ("Content-Length", ""), ("Content-Length", " 4"),
        ("X-HTTP-Method-Override", "DELETE"), ("X_HTTP_Method_Override", "DELETE"), ("X-HTTP-Method", "DELETE"), ("X-Method-Override", "DELETE"), ("X-Original-URL", "/admin"), ("X-Rewrite-URL", "/admin"), ("X.Original.URL", "/admin"), ("x-original_url", "/admin"), ("X-Original-Method", "DELETE"),
        ("Connection", "X-Eventicat-Account"), ("Connection", "close, X-Eventicat-Account, Authorization"), ("Connection", "X-Marker"), ("Connection", "keep-alive"), ("Connection", "Upgrade"), ("Connection", "Content-Length"), ("Connection", "Host, Transfer-Encoding"), ("Keep-Alive", "timeout=5"), ("Proxy-Connection", "keep-alive"), ("Upgrade", "websocket"), ("Upgrade", "h2c"), ("HTTP2-Settings", "AAMAAABkAAQAAP__"), ("Expect", "100-continue"), ("Expect", "something"), ("TE", "trailers"), ("TE", "gzip"), ("Trailer", "X-Marker"), ("Proxy-Authorization", "Basic eDp5"), ("Proxy", "evil"),
        ("Host", "evil"), ("Host", ""), ("Host", "a b"), ("Host", "caf\u00e9"), ("Host", "gateway:99999"), ("Host", "[::1]:80"), ("Host", "a/b"), ("Host", "user@gateway"), ("Host", "xn--caf-dma"), ("Authorization", "Basic eDp5"), ("Authorization", "Bearer {otherkey}"), ("Authorization", "bearer  {key}"), ("Authorization", "Bearer"), ("Authorization", "Bearer {key}, Bearer {key}"), ("Authorization", "Bearer \u00e9"), ("Authorization", "Bearer{key}"), ("Authorization", ""), ("Access-Control-Request-Method", "POST"),
        ("", "x"), (" ", "x"), ("X Y", "x"), ("X-\u00e9", "x"), ("X(Y)", "x"), ("X:Y", "x"), ("X-Nul", "a\0b"), ("X-Lf", "a\nb: c"), ("X-Cr", "a\rb"), ("X-CrLf", "a\r\nX-Eventicat-Account: evil"), ("X-Fold", "a\r\n b"), ("X-Vt", "a\u000bb"), ("X-Del", "a\u007fb"), ("X-Esc", "a\u001b[31mb"), ("X-Trail", "a "), ("X-Lead", " a"), ("X-Smuggle", "a\r\n\r\nGET /api/event?_id=agg_1&smuggled={marker} HTTP/1.1\r\nHost: x\r\n\r\n"), ("x-fill", "{long}"), ("x-" + new string('n', 3000), "x"), (":path", "/api/evil"), (":authority", "evil"), (":method", "DELETE"), (":status", "200"), (":unknown", "x"), (":scheme", "https"), (":protocol", "websocket"),
    ];

    public static readonly string[] Bodies = ["{\"name\":\"{marker}\"}", "", "a", "{marker}{marker}", "\0\u0080\u00ff\r\n\r\n", "0\r\n\r\n", "GET /api/event?_id=agg_1&smuggled={marker} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {key}\r\n\r\n", "{long}"];

    /// <summary>For the insides of anything.</summary>
    public static readonly string[] Fragments =
    [
        "\r\n", "\n", "\r", "\0", "\t", " ", ":", ";", "#", "?", "&", "=", "%", "%0d%0a", "%00", "\u007f", "\u0080", "\u00c3\u00a9", "\u00ff", "/", "\\", "..", "//", ",", "\"", "chunked", "\r\n\r\n", "{marker}", "_apikey={key}", "&_id=agg_2", "HTTP/1.0", "HTTP/2.0", "\u000b", "\u001f", "-", "_", ".", "@", "+", "0", "\u00b2", "\u0085", "\u00a0", "http://",
    ];
}
