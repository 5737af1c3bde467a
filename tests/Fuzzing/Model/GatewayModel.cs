using Eventicat.Fuzzing.Target;

namespace Eventicat.Fuzzing.Model;

/// <summary>
/// The gateway's contract as a function of one request and the configuration, written down a second time and shorter.
/// Every reason to refuse a request is collected, so that the order of the gateway's checks stays its own affair.
/// </summary>
internal sealed class GatewayModel(string backendAuthority)
{
    private const int LineLimit = 8 * 1024, HeaderLimit = 16 * 1024, HeaderCount = 64;

    /// <summary>Near a limit, what exactly is counted is the gateway's own affair too.</summary>
    private const double Near = 0.8;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public Expectation Judge(ClientRequest request)
    {
        var refusals = new HashSet<int>();
        var excuses = new HashSet<int>();
        var target = new RequestTarget(request.Target);
        AddGrammar(request, target, refusals, excuses);
        AddSizes(request, refusals, excuses);
        AddRoute(request, target, refusals, excuses);
        AddCredentials(request, target, refusals, excuses);
        return new Expectation(refusals, excuses, Forward(request, target));
    }

    private static void AddGrammar(ClientRequest request, RequestTarget target, HashSet<int> refusals, HashSet<int> excuses)
    {
        if (request.Reading is Reading.Malformed or Reading.Incomplete)
        {
            // Whatever else is wrong with it may be noticed first; 505 for a version.
            refusals.UnionWith([204, 400, 401, 403, 404, 405, 408, 413, 414, 431, 501, 505]);
            return;
        }

        if (request.Reading == Reading.BrokenBody || request.MayBeRefused)
        {
            excuses.UnionWith([400, 408]);
        }

        if (target.Form == TargetForm.None)
        {
            // As if it were for CONNECT.
            refusals.UnionWith([400, 405]);
        }

        if (request.Target.Any(letter => letter is <= ' ' or >= '\x7F' or '#'))
        {
            refusals.Add(400);
        }

        if (!Grammar.IsPlainAuthority(request.Authority))
        {
            // HTTP/1.0 has no Host; all others must name one.
            (request.Authority.Length == 0 && !request.IsOld ? refusals : excuses).Add(400);
        }

        if (request.Authority.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            // It may be no punycode.
            excuses.Add(400);
        }

        if (target.Form == TargetForm.Absolute)
        {
            // A host of its own that differs from Host, or a scheme that nobody serves.
            excuses.Add(400);
        }

        if (request.Method == "CONNECT")
        {
            refusals.UnionWith([400, 405, 501]);
        }
        else if (!Methods.Contains(request.Method, StringComparer.Ordinal))
        {
            refusals.Add(405);
        }

        if (request.Method == "OPTIONS" && request.Has("Origin") && request.Has("Access-Control-Request-Method"))
        {
            refusals.Add(204);
        }

        if (request.Has("Upgrade") || request.Protocol is not null)
        {
            excuses.UnionWith([400, 403, 404, 405, 426, 501]);
        }

        if (request.Values("Expect").Any(value => !value.Is("100-continue")))
        {
            excuses.UnionWith([400, 417]);
        }
    }

    private static void AddSizes(ClientRequest request, HashSet<int> refusals, HashSet<int> excuses)
    {
        Add(414, request.Method.Length + request.Target.Length + 12, LineLimit);
        var fields = request.Fields;
        Add(431, fields.Sum(field => field.Name.Length + field.Value.Length + 4), HeaderLimit);
        Add(431, fields.Count + 4, HeaderCount);

        void Add(int status, int size, int limit)
        {
            // Names that are given more than once, or dropped, may count otherwise; well over the limit nothing helps.
            _ = size > limit / Near ? refusals.Add(status) : size > limit * Near && excuses.Add(status);
        }
    }

    private static void AddRoute(ClientRequest request, RequestTarget target, HashSet<int> refusals, HashSet<int> excuses)
    {
        if (target.Form is TargetForm.None or TargetForm.Asterisk || target.IsAmbiguous)
        {
            refusals.UnionWith([400, 404]);
        }

        var path = target.DecodedPath;
        if (!path.Is("/api") && !path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase))
        {
            refusals.UnionWith(request.Target is "*" ? [404, 405] : [404]);
        }

        if (path.StartsWith("/api/event/", StringComparison.OrdinalIgnoreCase))
        {
            // The aggregator may be named here.
            excuses.UnionWith([400, 404]);
        }

        var isRead = path.Is("/api/events") || path.StartsWith("/api/events/", StringComparison.OrdinalIgnoreCase);
        if (isRead && target.Keys.Count > 0)
        {
            (request.Method is "GET" or "HEAD" ? refusals : excuses).Add(403);
        }
    }

    private static void AddCredentials(ClientRequest request, RequestTarget target, HashSet<int> refusals, HashSet<int> excuses)
    {
        var keys = FindKeys(request, target);
        if (keys is not [FuzzGateway.Key] and not [FuzzGateway.OtherKey])
        {
            refusals.Add(401);
        }

        if (target.HidesKey || (target.HasKeyAlias && keys is [var only] && Grammar.Decode(target.CutQuery).Contains(only, StringComparison.Ordinal)))
        {
            refusals.Add(400);
        }

        if (target.Ids.Count > 1 || target.HidesId)
        {
            refusals.Add(400);
        }

        var aggregator = keys is [FuzzGateway.OtherKey] ? FuzzGateway.OtherAggregator : FuzzGateway.Aggregator;
        if (target.Ids is not [var id] || !id.Equals(aggregator, StringComparison.Ordinal))
        {
            (target.DecodedPath.StartsWith("/api/event/", StringComparison.OrdinalIgnoreCase) ? excuses : refusals).Add(404);
        }
    }

    private static List<string> FindKeys(ClientRequest request, RequestTarget target) =>
        [.. target.Keys.Concat(request.Values("Authorization").Where(IsBearer).Select(value => value["Bearer".Length..].Trim(' ', '\t'))).Distinct(StringComparer.Ordinal)];

    private static bool IsBearer(string value) =>
        value.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase) && (value.Length == 6 || value[6] is ' ' or '\t');

    private ExpectedRequest Forward(ClientRequest request, RequestTarget target)
    {
        var isOther = FindKeys(request, target) is [FuzzGateway.OtherKey];
        var key = isOther ? FuzzGateway.OtherKey : FuzzGateway.Key;
        var (fields, optional) = ForwardedFields.Of(request, key);
        fields["host"] = backendAuthority;
        fields["authorization"] = $"Bearer {key}";
        fields["x-eventicat-account"] = isOther ? FuzzGateway.OtherAccount : FuzzGateway.Account;
        fields["x-eventicat-key"] = isOther ? FuzzGateway.OtherKeyId : FuzzGateway.KeyId;
        fields["x-eventicat-aggregator"] = isOther ? FuzzGateway.OtherAggregator : FuzzGateway.Aggregator;
        fields["x-forwarded-for"] = "127.0.0.1";
        fields["x-forwarded-proto"] = request.Scheme;
        // An absolute target may bring a host of its own.
        _ = target.Form == TargetForm.Absolute || !Grammar.IsPlainAuthority(request.Authority)
            ? optional.Add("x-forwarded-host")
            : fields.TryAdd("x-forwarded-host", request.Authority);
        return new ExpectedRequest($"{request.Method} {target.Path}{target.CutQuery} HTTP/1.1", fields, optional, request.Body);
    }
}
