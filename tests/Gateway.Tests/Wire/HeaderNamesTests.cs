using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Headers that a backend would take for the gateway's, or for another request's.</summary>
public sealed class HeaderNamesTests : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(_backend.Url,
            ("ReverseProxy:Routes:keyed:ClusterId", "events"), ("ReverseProxy:Routes:keyed:Match:Path", "/api/{**rest}"),
            ("ReverseProxy:Routes:open:ClusterId", "events"), ("ReverseProxy:Routes:open:Match:Path", "/open"),
            ("ReverseProxy:Routes:open:AuthorizationPolicy", "Anonymous"),
            ("ReverseProxy:Routes:override:ClusterId", "events"), ("ReverseProxy:Routes:override:Match:Path", "/override"),
            ("ReverseProxy:Routes:override:AuthorizationPolicy", "Account"),
            ("ReverseProxy:Routes:override:Metadata:AllowMethodOverride", "true"),
            ("ReverseProxy:Routes:set:ClusterId", "events"), ("ReverseProxy:Routes:set:Match:Path", "/set"),
            ("ReverseProxy:Routes:set:AuthorizationPolicy", "Account"),
            ("ReverseProxy:Routes:set:Transforms:0:RequestHeader", "X-HTTP-Method-Override"), ("ReverseProxy:Routes:set:Transforms:0:Set", "PUT"));
        _key = (await _gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    public static TheoryData<WireProtocol, string> NoTokens => Both("X-Eventicat-@", "X-Eventicat-Account\u000b", "X(Name)", "X-Name\u00e9", "X\"Name", "X,Name", "X/Name", "X;Name", "X[Name]", "X=Name");

    [Theory]
    [MemberData(nameof(NoTokens))]
    public async Task Name_ThatIsNoToken_IsRefused(WireProtocol protocol, string name)
    {
        var answer = await _gateway.TrySendAsync(protocol, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {_key}"), (name, "evil")]);

        // Of a name outside ASCII HTTP/2 makes a broken connection.
        Assert.Equal(name.Contains('\u00e9', StringComparison.Ordinal) && protocol == WireProtocol.Http2 ? null : 400, answer?.Status);
        Assert.Empty(_backend.Requests);
    }

    public static TheoryData<WireProtocol, string> Aliases => Both(
        "X-Eventicat-Account", "X_Eventicat_Account", "X.Eventicat.Account", "X_Eventicat-Account", "x.eventicat_key", "X-Eventicat_Anything",
        "X-Request-Id", "X_Request_Id", "X.Request.Id", "Transfer_Encoding", "Transfer.Encoding", "Content_Length", "Content.Length",
        "X_Forwarded_For", "X.Forwarded.For", "X-Forwarded_Proto", "X_Forwarded_Host", "X-Forwarded-Port", "X_Forwarded_Port", "X-Forwarded-Ssl", "X-Forwarded-Client-Cert", "Keep_Alive", "Proxy_Connection", "Proxy");

    [Theory]
    [MemberData(nameof(Aliases))]
    public async Task Alias_OfAHeaderThatTheGatewaySets_IsDroppedOnEveryRoute(WireProtocol protocol, string name)
    {
        foreach (var target in (string[])["/api/event?_id=agg_1", "/open", "/override"])
        {
            _backend.Requests.Clear();

            var answer = await SendAsync(protocol, target, (name, "evil"), ("X-Kept", "kept"));

            Assert.Equal(200, answer.Status);
            var request = Assert.Single(_backend.Requests);
            Assert.DoesNotContain("evil", request, StringComparison.Ordinal);
            Assert.Contains("kept", request, StringComparison.Ordinal);
        }
    }

    public static TheoryData<WireProtocol, string> Overrides => Both(
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X_HTTP_Method_Override", "X.Http.Method.Override", "X-Original-URL",
        "X-Rewrite-URL", "X_Original_Url", "X-Original-Method", "X-Forwarded-Uri", "X-Forwarded-Path", "X-Forwarded-Prefix", "X-Override-Url", "Script_Name", "Path-Info",
        "X-Original-Request-URI", "X-Request-Uri", "X-Replaced-Path", "X-Waws-Unencoded-Url", "X-Original-Host", "Method-Override", "X-Accel-Redirect");

    [Theory]
    [MemberData(nameof(Overrides))]
    public async Task Override_OfMethodOrAddress_GoesOnlyWhereTheRouteAllowsIt(WireProtocol protocol, string name)
    {
        await SendAsync(protocol, "/api/event?_id=agg_1", (name, "evil"));
        await SendAsync(protocol, "/open", (name, "evil"));

        Assert.Equal(2, _backend.Requests.Count);
        Assert.All(_backend.Requests, request => Assert.DoesNotContain("evil", request, StringComparison.Ordinal));

        _backend.Requests.Clear();
        await SendAsync(protocol, "/override", (name, "wanted"));

        Assert.Equal(name != "X-Forwarded-Prefix", Assert.Single(_backend.Requests).Contains("wanted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Override_SetByTheRoutesOwnTransforms_Stays()
    {
        await SendAsync(WireProtocol.Http1, "/set", ("X-HTTP-Method-Override", "DELETE"));

        var request = Assert.Single(_backend.Requests);
        Assert.Contains("\r\nX-HTTP-Method-Override: PUT\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("DELETE", request, StringComparison.Ordinal);
    }

    private static TheoryData<WireProtocol, string> Both(params string[] names)
    {
        var data = new TheoryData<WireProtocol, string>();
        foreach (var name in names)
        {
            data.Add(WireProtocol.Http1, name);
            data.Add(WireProtocol.Http2, name);
        }

        return data;
    }

    private Task<RawAnswer> SendAsync(WireProtocol protocol, string target, params (string Name, string Value)[] headers) =>
        _gateway.SendAsync(protocol, "GET", target, [("Authorization", $"Bearer {_key}"), .. headers]);
}
