using Eventicat.Accounts;
using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.Gateway.Credentials;

/// <summary>
/// Takes the key out of the URL and puts it into the Bearer header, before anything above the server sees the request,
/// and leaves a <see cref="GatewayRequest"/> as the proof. Whatever a server hands up gets one: a request that cannot be
/// read is refused, and an exception here would leave its sender without an answer.
/// </summary>
internal sealed partial class CredentialMover(TimeProvider time, ILogger<CredentialMover> logger)
{
    public void Move(IFeatureCollection features)
    {
        var http = features.Get<IHttpRequestFeature>();
        try
        {
            features.Set(http is null ? Refuse(GatewayErrors.MalformedRequest, targetLength: 0) : Read(http));
        }
        catch (Exception exception)
        {
            Log.NotReadable(logger, exception.GetType().Name);
            var targetLength = http!.RawTarget?.Length ?? 0;
            Blank(http);
            features.Set(Refuse(GatewayErrors.MalformedRequest, targetLength));
        }
    }

    private GatewayRequest Read(IHttpRequestFeature http)
    {
        // A CONNECT may have none of the last three; no server leaves out the method, but the log would end over it.
        http.Method ??= "";
        http.RawTarget ??= "";
        http.QueryString ??= "";
        http.Path ??= "";
        var targetLength = http.RawTarget.Length;
        var scan = QueryScanner.Scan(http.QueryString);
        if (scan.IsMalformed || !RequestTarget.IsWellFormed(http.RawTarget) || !RequestTarget.IsWellFormed(http.QueryString))
        {
            Blank(http);
            return Refuse(GatewayErrors.MalformedQuery, targetLength, scan.HasKey);
        }

        if (scan.HasKey)
        {
            Cut(http, scan.Query);
        }

        var credential = TakeCredential(http.Headers, scan);
        if (scan.HasKeyAlias && credential.Key is { } key && PercentEncoding.DecodeBytes(http.QueryString).Contains(key.Reveal(), StringComparison.Ordinal))
        {
            // The backend would find in its URL the key that it gets in the header, or is not to get at all.
            Blank(http);
            return Refuse(GatewayErrors.MalformedQuery, targetLength, scan.HasKey);
        }

        RefererHeader.CutKeys(http.Headers, credential.Key);
        return new GatewayRequest
        {
            Id = NewId(),
            TargetLength = targetLength,
            Credential = credential,
            AggregatorParameter = scan.Aggregator,
        };
    }

    private GatewayRequest Refuse(GatewayError refusal, int targetLength, bool hasKey = false) => new()
    {
        Id = NewId(),
        Refusal = refusal,
        TargetLength = targetLength,
        Credential = new Credential(Key: null, hasKey),
    };

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

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
            if (HeaderValue.HasControl(header))
            {
                // The header stays as it is, for the check that refuses such requests: it must not be replaced unseen.
                return new Credential(Key: null, scan.HasKey);
            }

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
        http.RawTarget = RequestTarget.Shorten(http.RawTarget ?? "");
        http.Path = RequestTarget.Shorten(http.Path ?? "");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "RequestNotReadable",
            Message = "A request could not be read ({Cause}) and was refused")]
        public static partial void NotReadable(ILogger logger, string cause);
    }
}
