using Eventicat.Gateway.Credentials;
using Eventicat.Gateway.Requests;
using Eventicat.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.Gateway.Tests.Credentials;

/// <summary>Whatever a server hands up gets a <see cref="GatewayRequest"/>, and no query is left in what is refused.</summary>
public sealed class CredentialMoverTests
{
    private readonly CapturedLog _log = new();

    [Theory]
    [InlineData(null, null, null, 0)]
    [InlineData("", "", "", 0)]
    [InlineData("other:443", "", "", 0)]
    [InlineData("other:443", null, null, 0)]
    [InlineData("*", "", "", 0)]
    [InlineData("/a", "/a", null, 0)]
    [InlineData("/a?_apikey=secret\u00e9", "/a", "?_apikey=secret\u00e9", 400)]
    [InlineData("/a?x;_apikey=secret", "/a", "?x;_apikey=secret", 400)]
    [InlineData("/a\u00e9?_apikey=secret", "/a\u00e9", "?_apikey=secret", 400)]
    [InlineData("/a b?_apikey=secret", "/a b", "?_apikey=secret", 400)]
    [InlineData(" ", "", "", 400)]
    [InlineData("/a", "/a", "?_apikey=secret\ud800", 400)]
    public void Move_AnyTarget_LeavesARequestAndNoKey(string? target, string? path, string? query, int refusal)
    {
        var features = Features(target, path, query);

        new CredentialMover(TimeProvider.System, _log.For<CredentialMover>()).Move(features);

        var request = features.GetRequiredFeature<GatewayRequest>();
        Assert.Equal(refusal, request.Refusal?.Status ?? 0);
        Assert.Equal(target?.Length ?? 0, request.TargetLength);
        var http = features.GetRequiredFeature<IHttpRequestFeature>();
        Assert.DoesNotContain("secret", $"{http.RawTarget}{http.Path}{http.QueryString}", StringComparison.Ordinal);
        Assert.NotNull(http.RawTarget);
        Assert.NotNull(http.QueryString);
    }

    [Fact]
    public void Move_NoRequestFeature_IsRefused()
    {
        var features = new FeatureCollection();

        new CredentialMover(TimeProvider.System, _log.For<CredentialMover>()).Move(features);

        Assert.Equal(400, features.GetRequiredFeature<GatewayRequest>().Refusal?.Status);
    }

    [Fact]
    public void Move_WhatThrows_IsRefusedBlankedAndLoggedInOneLineWithoutData()
    {
        var features = Features("/a?_apikey=secret", "/a", "?_apikey=secret");
        features.GetRequiredFeature<IHttpRequestFeature>().Headers = new ThrowingHeaders();

        new CredentialMover(TimeProvider.System, _log.For<CredentialMover>()).Move(features);

        Assert.Equal(400, features.GetRequiredFeature<GatewayRequest>().Refusal?.Status);
        Assert.Equal("/a", features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        Assert.Equal("", features.GetRequiredFeature<IHttpRequestFeature>().QueryString);
        Assert.Equal("A request could not be read (InvalidOperationException) and was refused", Assert.Single(_log.Lines).Text);
    }

    private static FeatureCollection Features(string? target, string? path, string? query)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { RawTarget = target!, Path = path!, QueryString = query!, Method = "GET" });
        return features;
    }

    private sealed class ThrowingHeaders : HeaderDictionary, IHeaderDictionary
    {
        Microsoft.Extensions.Primitives.StringValues IHeaderDictionary.this[string key]
        {
            get => throw new InvalidOperationException("secret");
            set => throw new InvalidOperationException("secret");
        }
    }
}
