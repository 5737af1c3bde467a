using Eventicat.Hosting.Configuration;
using Eventicat.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.Gateway.Tests.Forwarding;

/// <summary>What would fail with each request, or mean something else than it says, is refused at start: one line each.</summary>
public sealed class RouteErrorsTests
{
    private const string Route = "ReverseProxy:Routes:r";
    private const string Cluster = "ReverseProxy:Clusters:events";
    private const string Destination = Cluster + ":Destinations:sink";
    private const string NotAnAddress = "is not an address such as http://127.0.0.1:8090.";

    [Theory]
    [InlineData(Route + ":CorsPolicy", "any", Route + ":CorsPolicy: 'any' is not supported; Cors:AllowedOrigins names the origins.")]
    [InlineData(Route + ":CorsPolicy", "Disable", Route + ":CorsPolicy: 'Disable' is not supported; Cors:AllowedOrigins names the origins.")]
    [InlineData(Route + ":Timeout", "00:00:05", Route + ":Timeout: '00:00:05' is not supported; HttpRequest:ActivityTimeout of the cluster limits how long a backend may take.")]
    [InlineData(Route + ":TimeoutPolicy", "slow", Route + ":TimeoutPolicy: 'slow' is not supported; HttpRequest:ActivityTimeout of the cluster limits how long a backend may take.")]
    [InlineData(Route + ":RateLimiterPolicy", "Default", Route + ":RateLimiterPolicy: 'Default' is not supported; limits belong to accounts.")]
    [InlineData(Route + ":OutputCachePolicy", "short", Route + ":OutputCachePolicy: 'short' is not supported; nothing is kept of answers.")]
    [InlineData(Route + ":ClusterId", "evnets", Route + ":ClusterId: 'evnets' is not one of the clusters.")]
    [InlineData(Route + ":ClusterId", "", Route + ":ClusterId: '' is not one of the clusters.")]
    [InlineData(Route + ":Order", "first", Route + ":Order: 'first' is not a whole number.")]
    [InlineData(Route + ":Mtach:Path", "/y", Route + ":Mtach: is not a setting; there are ClusterId, Order, Match, AuthorizationPolicy, MaxRequestBodySize, Metadata, Transforms.")]
    [InlineData(Route + ":Metadata:Scop", "read", Route + ":Metadata:Scop: is not a setting; there are Scope, AllowMethodOverride, AllowUpgrade.")]
    [InlineData(Route + ":Transforms", "x", Route + ":Transforms: 'x' is one value where a list is expected.")]
    [InlineData(Route + ":Match:Path", "/x/{id:nonsense}", Route + ":Match:Path: '/x/{id:nonsense}' has the unknown constraint 'nonsense'.")]
    [InlineData(Route + ":Match:Methods:0:Is", "GET", Route + ":Match:Methods:0: has members where one value is expected.")]
    [InlineData(Route + ":Match:Hosts:0", "http://x", Route + ":Match: Could not parse host: http://x")]
    [InlineData(Route + ":Match:Hosts:0", "[::1]", Route + ":Match: Could not parse host: [::1]")]
    [InlineData(Route + ":Match:Hosts:0", "a:b:c", Route + ":Match: Could not parse host: a:b:c")]
    [InlineData(Route + ":Match:TimeoutPolicy", "slow", Route + ":Match:TimeoutPolicy: is not a setting; there are Path, Methods, Hosts, Headers, QueryParameters.")]
    [InlineData(Cluster + ":CorsPolicy", "any", Cluster + ":CorsPolicy: is not a setting; there are Destinations, LoadBalancingPolicy, SessionAffinity, HealthCheck, HttpClient, HttpRequest, Metadata.")]
    [InlineData(Cluster + ":HttpRequest:Timeout", "00:00:05", Cluster + ":HttpRequest:Timeout: is not a setting; there are ActivityTimeout, Version, VersionPolicy, AllowResponseBuffering.")]
    [InlineData(Cluster + ":HealthCheck:Active:Timeout", "abc", Cluster + ":HealthCheck:Active:Timeout: 'abc' is not a duration above zero; write hh:mm:ss or hh:mm:ss.fff.")]
    [InlineData(Cluster + ":HealthCheck:Active:Timeout", "00:00:00", Cluster + ":HealthCheck:Active:Timeout: '00:00:00' is not a duration above zero; write hh:mm:ss or hh:mm:ss.fff.")]
    [InlineData(Cluster + ":HealthCheck:Passive:Timeout", "1", Cluster + ":HealthCheck:Passive:Timeout: is not a setting; there are Enabled, Policy, ReactivationPeriod.")]
    [InlineData(Cluster + ":HttpClient:ResponseHeaderEncoding", "utf-8", Cluster + ":HttpClient:ResponseHeaderEncoding: 'utf-8' is not one of Latin1, iso-8859-1.")]
    [InlineData(Route + ":Match:Hosts:0", "h.*.example", Route + ":Match:Hosts:0: 'h.*.example' matches nothing; a star stands alone or for the first label.")]
    [InlineData(Route + ":Match:Hosts:0", "*x.example", Route + ":Match:Hosts:0: '*x.example' matches nothing; a star stands alone or for the first label.")]
    [InlineData(Cluster + ":SessionAffinity:Cookie:Path", "/\u0001", Cluster + ":SessionAffinity:Cookie:Path: has characters that a cookie cannot have.")]
    [InlineData(Cluster + ":SessionAffinity:Cookie:Domain", "a;b", Cluster + ":SessionAffinity:Cookie:Domain: has characters that a cookie cannot have.")]
    [InlineData(Route + ":Match:Headers:0:Mode", "Sometimes", Route + ":Match:Headers:0:Mode: 'Sometimes' is not one of ExactHeader, HeaderPrefix, Contains, NotContains, Exists, NotExists.")]
    [InlineData(Route + ":Transforms:0:PathPrefxi", "/a", Route + ": Unknown transform: PathPrefxi")]
    [InlineData(Route + ":Transforms:0:QueryRemoveParameter", "token", Route + ":Transforms:0:QueryRemoveParameter: is not supported; queries go on byte for byte.")]
    [InlineData(Route + ":Transforms:0:RequestHeaderRemove", "Bad Name", Route + ":Transforms:0:RequestHeaderRemove: 'Bad Name' is not a header name.")]
    [InlineData(Route + ":Transforms:0:RequestHeaderRemove", "X_Eventicat_Account", Route + ":Transforms:0:RequestHeaderRemove: 'X_Eventicat_Account' is said by the gateway alone.")]
    [InlineData(Route + ":Transforms:0:RequestHeaderRemove", "X-Request-Id", Route + ":Transforms:0:RequestHeaderRemove: 'X-Request-Id' is said by the gateway alone.")]
    [InlineData(Route + ":Transforms:0:ResponseHeaderRemove", "Bad Name", Route + ":Transforms:0:ResponseHeaderRemove: 'Bad Name' is not a header name.")]
    [InlineData(Route + ":Transforms:0:ClientCert", "X Y", Route + ":Transforms:0:ClientCert: 'X Y' is not a header name.")]
    [InlineData(Route + ":Transforms:0:PathPattern", "/{bad", Route + ": There is an incomplete parameter in the route template. Check that each '{' character has a matching '}' character.")]
    [InlineData(Route + ":Match:Path", "/q/{x:regex([)}", Route + ":Match:Path: '/q/{x:regex([)}' has the constraint 'regex([)', whose expression cannot be read: Invalid pattern '[' at offset 1. Unterminated [] set.")]
    [InlineData(Route + ":MaxRequestBodySize", "-5", Route + ":MaxRequestBodySize: '-5' is less than -1, which means any size.")]
    [InlineData(Destination + ":Host", "a:b:c", Destination + ":Host: 'a:b:c' is not a host name, with or without a port.")]
    [InlineData(Cluster + ":SessionAffinity:AffinityKeyName", "Bad Name", Cluster + ":SessionAffinity:AffinityKeyName: 'Bad Name' is not the name of a header or cookie.")]
    [InlineData(Cluster + ":HealthCheck:Active:Path", "no lead", Cluster + ":HealthCheck:Active:Path: 'no lead' does not begin with /.")]
    [InlineData(Cluster + ":HealthCheck:Active:Query", "a b", Cluster + ":HealthCheck:Active:Query: does not begin with ?, or has characters that are to be percent-encoded.")]
    [InlineData(Cluster + ":HttpClient:SslProtocols:0", "Ssl2", Cluster + ":HttpClient:SslProtocols:0: 'Ssl2' is not one of None, Tls, Tls11, Tls12, Tls13.")]
    [InlineData(Cluster + ":HttpRequest:Version", "7", Cluster + ":HttpRequest:Version: '7' is not one of 1.1, 2, 2.0, 3, 3.0.")]
    [InlineData(Cluster + ":HttpRequest:Version", "http2", Cluster + ":HttpRequest:Version: 'http2' is not one of 1.1, 2, 2.0, 3, 3.0.")]
    [InlineData(Cluster + ":HttpRequest:ActivityTimeout", "30", Cluster + ":HttpRequest:ActivityTimeout: '30' is not a duration above zero; write hh:mm:ss or hh:mm:ss.fff.")]
    [InlineData(Cluster + ":HttpRequest:ActivityTimeout", "-00:00:10", Cluster + ":HttpRequest:ActivityTimeout: '-00:00:10' is not a duration above zero; write hh:mm:ss or hh:mm:ss.fff.")]
    [InlineData(Cluster + ":HttpRequest:VersionPolicy", "7", Cluster + ":HttpRequest:VersionPolicy: '7' is not one of RequestVersionOrLower, RequestVersionOrHigher, RequestVersionExact.")]
    [InlineData(Cluster + ":HttpClient:DangerousAcceptAnyServerCertificate", "no", Cluster + ":HttpClient:DangerousAcceptAnyServerCertificate: 'no' is not true or false.")]
    [InlineData(Cluster + ":LoadBalancingPolicy", "Fair", Cluster + ": No matching ILoadBalancingPolicy found for the load balancing policy 'Fair' set on the cluster 'events'.")]
    [InlineData(Destination + ":Address", "127.0.0.1:8090", Destination + ":Address: '127.0.0.1:8090' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "localhost:8090", Destination + ":Address: 'localhost:8090' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "tcp://127.0.0.1:8090", Destination + ":Address: 'tcp://127.0.0.1:8090' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "http://", Destination + ":Address: 'http://' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "http:///base", Destination + ":Address: 'http:///base' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "http://127.0.0.1:8090 ", Destination + ":Address: 'http://127.0.0.1:8090 ' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "http://127.0.0.1:99999", Destination + ":Address: 'http://127.0.0.1:99999' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "http://127.0.0.1:0", Destination + ":Address: 'http://127.0.0.1:0' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "/base", Destination + ":Address: '/base' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "", Destination + ":Address: '' " + NotAnAddress)]
    [InlineData(Destination + ":Address", "http://127.0.0.1:8090/base?x=1", Destination + ":Address: 'http://127.0.0.1:8090/base?x=1' has a query or a fragment; the path of requests comes after it.")]
    [InlineData(Destination + ":Address", "http://127.0.0.1:8090/#x", Destination + ":Address: 'http://127.0.0.1:8090/#x' has a query or a fragment; the path of requests comes after it.")]
    [InlineData(Destination + ":Address", "http://me:hunter2@127.0.0.1:8090", Destination + ":Address: has a user name, which is never sent.")]
    [InlineData(Destination + ":Health", "127.0.0.1:8090", Destination + ":Health: '127.0.0.1:8090' " + NotAnAddress)]
    [InlineData(Destination + ":Adress", "http://127.0.0.1", Destination + ":Adress: is not a setting; there are Address, Health, Host, Metadata.")]
    [InlineData(Cluster + ":Destinations", "http://127.0.0.1:1", Cluster + ":Destinations: 'http://127.0.0.1:1' is one value where members are expected.")]
    [InlineData("ReverseProxy:Clusters:idle:LoadBalancingPolicy", "Random", "ReverseProxy:Clusters:idle:Destinations: there is none.")]
    [InlineData("ReverseProxy:Route:r:ClusterId", "events", "ReverseProxy:Route: is not a setting; there are Routes, Clusters.")]
    public void Create_WhatCannotWork_IsOneLineThatNamesIt(string key, string value, string expected)
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            (Route + ":ClusterId", "events"), (Route + ":Match:Path", "/x"), (Destination + ":Address", "http://127.0.0.1:8090"), (key, value)));

        Assert.Equal([expected], error.Message.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("RequestHeader", "Bad Name", "Set", "1", ":RequestHeader: 'Bad Name' is not a header name.")]
    [InlineData("RequestHeader", "X-A", "Append", "a\u0001b", ":Append: has characters that a header cannot have.")]
    [InlineData("RequestHeader", "X-A", "Set", "\u20ac", ":Set: has characters that a header cannot have.")]
    [InlineData("RequestHeader", "Content-Length", "Set", "5", ":RequestHeader: 'Content-Length' belongs to the body, which is sent as it came.")]
    [InlineData("RequestHeader", "X-Eventicat-Account", "Set", "a", ":RequestHeader: 'X-Eventicat-Account' is said by the gateway alone.")]
    [InlineData("ResponseHeader", "Bad Name", "Set", "1", ":ResponseHeader: 'Bad Name' is not a header name.")]
    [InlineData("ResponseTrailer", "X-A", "Set", "a\nb", ":Set: has characters that a header cannot have.")]
    [InlineData("QueryValueParameter", "a", "Set", "b", ":QueryValueParameter: is not supported; queries go on byte for byte.")]
    [InlineData("QueryRouteParameter", "a", "Append", "b", ":QueryRouteParameter: is not supported; queries go on byte for byte.")]
    [InlineData("HttpMethodChange", "GET", "Set", "B AD", null)]
    [InlineData("HttpMethodChange", "GET", "Set", "CONNECT", ":Set: 'CONNECT' asks for a tunnel, and has no path.")]
    [InlineData("X-Forwarded", "Set", "HeaderPrefix", "X Bad-", ":HeaderPrefix: 'X Bad-' does not begin a header name.")]
    [InlineData("X-Forwarded", "Set", "HeaderPrefix", "X_Eventicat_", ":HeaderPrefix: 'X_Eventicat_' is said by the gateway alone.")]
    [InlineData("ResponseTrailer", "Connection", "Set", "close", ":ResponseTrailer: 'Connection' belongs to the connection, which is not the client's.")]
    [InlineData("ResponseHeader", "upgrade", "Set", "h2c", ":ResponseHeader: 'upgrade' belongs to the connection, which is not the client's.")]
    public void Create_TransformThatFailsOrDoesNothing_IsOneLineThatNamesIt(string name, string value, string with, string what, string? expected)
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            (Route + ":ClusterId", "events"), (Route + ":Match:Path", "/x"), (Destination + ":Address", "http://127.0.0.1:8090"),
            ($"{Route}:Transforms:0:{name}", value), ($"{Route}:Transforms:0:{with}", what)));

        Assert.Equal([expected is null ? $"{Route}: The format of the HTTP method is invalid." : $"{Route}:Transforms:0{expected}"], error.Message.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("Cookie")]
    [InlineData("customHeader")]
    public async Task Create_AffinityThatOneProcessAloneCanRead_IsRefusedWhereItIsOn(string policy)
    {
        (string, string)[] settings =
        [
            (Route + ":ClusterId", "events"), (Route + ":Match:Path", "/x"), (Destination + ":Address", "http://127.0.0.1:8090"),
            (Cluster + ":SessionAffinity:Policy", policy), (Cluster + ":SessionAffinity:AffinityKeyName", "a"), (Cluster + ":HttpClient:RequestHeaderEncoding", "latin1"),
        ];
        await using var off = Create(settings);
        var error = Assert.Throws<InvalidConfigurationException>(() => Create([.. settings, (Cluster + ":SessionAffinity:Enabled", "true")]));

        Assert.Equal($"{Cluster}:SessionAffinity:Policy: '{policy}' is readable to the process alone that wrote it; HashCookie and ArrCookie are to all.", error.Message);
    }

    [Theory]
    [InlineData("Headers")]
    [InlineData("QueryParameters")]
    public void Create_ConditionWithAnEmptyValue_IsRefused(string list)
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            (Route + ":ClusterId", "events"), (Route + ":Match:Path", "/x"), (Destination + ":Address", "http://127.0.0.1:8090"),
            ($"{Route}:Match:{list}:0:Name", "a"), ($"{Route}:Match:{list}:0:Values:0", "b"), ($"{Route}:Match:{list}:0:Values:1", "")));

        Assert.Equal($"{Route}:Match:{list}:0:Values:1: is empty, which nothing is compared with.", error.Message);
    }

    [Fact]
    public void Create_Http3InClearText_IsRefused()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            (Route + ":ClusterId", "events"), (Route + ":Match:Path", "/x"), (Destination + ":Address", "http://127.0.0.1:8090"),
            (Cluster + ":HttpRequest:Version", "3"), (Cluster + ":HttpRequest:VersionPolicy", "requestversionexact")));

        Assert.Equal(Cluster + ":HttpRequest:Version: HTTP/3 has no clear text, and the destination sink has no other.", error.Message);
    }

    [Theory]
    [InlineData("/x", "/x")]
    [InlineData("/x/{id}", "/X/{name}")]
    [InlineData("/x/{**rest}", "/x/{**all}")]
    public void Create_TwoRoutesForTheSameRequests_AreRefused(string one, string other)
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            (Route + ":ClusterId", "events"), (Route + ":Match:Path", one),
            ("ReverseProxy:Routes:s:ClusterId", "events"), ("ReverseProxy:Routes:s:Match:Path", other), ("ReverseProxy:Routes:s:Match:Methods:0", "GET"),
            (Route + ":Match:Methods:0", "POST"), (Route + ":Match:Methods:1", "get")));

        Assert.Equal(["ReverseProxy:Routes:s:Match: takes the same requests as the route r; give them different values of Order."], error.Message.Split(Environment.NewLine));
    }

    [Fact]
    public async Task Create_RoutesThatDiffer_AreTaken()
    {
        await using var app = Create(
            (Route + ":ClusterId", "EVENTS"), (Route + ":Match:Path", "/x/{id}"), (Route + ":Match:Methods:0", "GET"),
            (Route + ":Metadata:scope", "read"), (Route + ":Transforms:0:PathPrefix", "/a"), (Route + ":Order", "-1"),
            (Route + ":Transforms:1:RequestHeader", "X-A"), (Route + ":Transforms:1:Set", "a\tb"), (Route + ":Transforms:2:RequestHeader", "Host"), (Route + ":Transforms:2:Set", "a.example:1"),
            (Route + ":MaxRequestBodySize", "-1"), (Route + ":Match:Headers:0:Name", "X-A"), (Route + ":Match:Headers:0:Mode", "exists"), (Route + ":Match:QueryParameters:0:Name", "a"), (Route + ":Match:QueryParameters:0:Values:0", "b"), (Destination + ":Host", "a.example:1"),
            ("ReverseProxy:Routes:s:ClusterId", "events"), ("ReverseProxy:Routes:s:Match:Path", "/x/{id}"), ("ReverseProxy:Routes:s:Match:Methods:0", "POST"),
            ("ReverseProxy:Routes:t:ClusterId", "events"), ("ReverseProxy:Routes:t:Match:Path", "/x/{id:int}"),
            ("ReverseProxy:Routes:u:ClusterId", "events"), ("ReverseProxy:Routes:u:Match:Hosts:0", "a.example"),
            ("ReverseProxy:Routes:v:ClusterId", "events"), ("ReverseProxy:Routes:v:Match:Hosts:0", "b.example"), ("ReverseProxy:Routes:v:Match:Hosts:1", "*.c.example:8080"),
            (Cluster + ":HealthCheck:Active:Timeout", "00:00:01"), (Cluster + ":SessionAffinity:Cookie:Path", "/a"), (Route + ":Transforms:3:X-Forwarded", "Set"), (Route + ":Transforms:3:HeaderPrefix", "X-Proxy-"),
            (Route + ":Transforms:4:RequestHeader", "X-Forwarded-Port"), (Route + ":Transforms:4:Set", "443"), (Route + ":Transforms:5:RequestHeaderRemove", "X-Forwarded-Ssl"), (Route + ":Transforms:6:ClientCert", "X-Forwarded-Client-Cert"), (Route + ":Transforms:7:RequestHeader", "X-Original-Url"), (Route + ":Transforms:7:Set", "a"),
            (Cluster + ":HttpRequest:Version", "2"), (Cluster + ":HttpClient:SslProtocols:0", "Tls13"), (Destination + ":Address", "http://127.0.0.1:8090"), (Cluster + ":Destinations:two:Address", "https://[::1]:8443/base/"),
            (Cluster + ":HealthCheck:Passive:Enabled", "true"), (Cluster + ":HealthCheck:Passive:Policy", "TransportFailureRate"),
            (Cluster + ":Metadata:TransportFailureRateHealthPolicy.RateLimit", "0.5"));

        Assert.NotNull(app);
    }

    [Fact]
    public void Create_ManyErrors_ReportsAllAtOnce()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            (Route + ":ClusterId", "events"), (Route + ":Match:Path", "/x"), (Route + ":CorsPolicy", "any"), (Route + ":Order", "x"),
            ("ReverseProxy:Routes:s:Match:Methods:0", "GET"), ("ReverseProxy:Routes:t:Match:Path", "/{"), ("ReverseProxy:Routes:t:ClusterId", "events"),
            (Destination + ":Address", "x"), (Cluster + ":HttpRequest:Version", "x"), (Cluster + ":LoadBalancingPolicy", "x"), ("RateLimit:Permits", "0")));

        Assert.Equal(
        [
            "RateLimit:Permits", Cluster, Destination + ":Address", Cluster + ":HttpRequest:Version", Route + ":CorsPolicy", Route + ":Order",
            "ReverseProxy:Routes:s", "ReverseProxy:Routes:s:ClusterId", "ReverseProxy:Routes:t",
        ],
            error.Message.Split(Environment.NewLine).Select(line => line.Split(": ")[0]).Order(StringComparer.Ordinal));
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Create(params (string Key, string Value)[] settings) => GatewayApplication.Create([], builder =>
    {
        builder.Services.AddSingleton<ILogEventSink>(new CapturedLog());
        // Later ones win.
        builder.Configuration.AddInMemoryCollection(settings.Reverse()
            .DistinctBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
    });
}
