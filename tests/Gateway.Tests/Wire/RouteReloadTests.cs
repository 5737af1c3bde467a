using System.Text.Json;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>An edit of <c>appsettings.json</c> while the gateway runs: taken over whole, or refused whole.</summary>
public sealed class RouteReloadTests : IAsyncLifetime
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("gateway-settings-").FullName, "appsettings.json");
    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        Write(Route("one", "/one"));
        _gateway = await GatewayHost.StartAsync(_backend.Url, builder =>
        {
            builder.Configuration.AddJsonFile(_file, optional: false, reloadOnChange: true);
            builder.Services.AddSingleton<IProxyConfigFilter, UnforeseenFilter>();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Fact]
    public async Task Reload_NewRoutes_TakeThePlaceOfTheOld()
    {
        Write(Route("two", "/two"));

        await Eventually.TrueAsync(async () => await StatusAsync("/two") == 200);
        Assert.Equal(404, await StatusAsync("/one"));
    }

    [Theory]
    [InlineData("ReverseProxy:Routes:two:CorsPolicy", "any", "ReverseProxy:Routes:two:CorsPolicy: 'any' is not supported")]
    [InlineData("ReverseProxy:Routes:two:Timeout", "00:00:05", "ReverseProxy:Routes:two:Timeout: '00:00:05' is not supported")]
    [InlineData("ReverseProxy:Routes:two:ClusterId", "evnets", "ReverseProxy:Routes:two:ClusterId: 'evnets' is not one of the clusters")]
    [InlineData("ReverseProxy:Routes:two:AuthorizationPolicy", "Open", "ReverseProxy:Routes:two:AuthorizationPolicy: 'Open' is not one of")]
    [InlineData("ReverseProxy:Routes:two:Order", "first", "ReverseProxy:Routes:two:Order: 'first' is not a whole number")]
    [InlineData("ReverseProxy:Routes:two:Match:Path", "/{", "ReverseProxy:Routes:two: ")]
    [InlineData("ReverseProxy:Routes:two:Match:Path", "/x/{id:nonsense}", "ReverseProxy:Routes:two:Match:Path: '/x/{id:nonsense}' has the unknown constraint")]
    [InlineData("ReverseProxy:Routes:two:Match:Path", "/x/{id:regex([)}", "'/x/{id:regex([)}' has the constraint 'regex([)', whose expression cannot be read: Invalid pattern")]
    [InlineData("ReverseProxy:Routes:two:Match:Path", "/x/{id:min(a)}", "'/x/{id:min(a)}' has the constraint 'min(a)', which cannot be used: ")]
    [InlineData("ReverseProxy:Clusters:events:Destinations:more:Address", "127.0.0.1:8090", "ReverseProxy:Clusters:events:Destinations:more:Address: '127.0.0.1:8090' is not an address")]
    [InlineData("ReverseProxy:Clusters:events:HttpRequest:ActivityTimeout", "soon", "ReverseProxy:Clusters:events:HttpRequest:ActivityTimeout: 'soon' is not a duration")]
    public async Task Reload_WhatCannotWork_IsOneLine_AndTheLastGoodRoutesStay(string key, string value, string expected)
    {
        Write([.. Route("two", "/two"), new(key, value)]);

        await Eventually.TrueAsync(() => Lines("Settings were not taken over").Count > 0);
        Assert.Equal(200, await StatusAsync("/one"));
        Assert.Equal(404, await StatusAsync("/two"));
        Assert.Contains(expected, Assert.Single(Lines("Settings were not taken over")), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", _gateway.Log.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"routes\":\"stale\"", await _gateway.Management.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Write(Route("three", "/three"));

        await Eventually.TrueAsync(async () => await StatusAsync("/three") == 200);
        Assert.Equal(404, await StatusAsync("/one"));
        await Eventually.TrueAsync(() => Lines("Settings are taken over again").Count > 0);
        Assert.Single(Lines("Settings were not taken over"));
        Assert.Single(Lines("Settings are taken over again"));
        Assert.Contains("\"status\":\"ready\"", await _gateway.Management.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_MethodsAsOneValue_AreTheList()
    {
        Write([.. Route("two", "/two"), new("ReverseProxy:Routes:two:Match:Methods", "POST, GET")]);

        await Eventually.TrueAsync(async () => await StatusAsync("/two") == 200);
        using var response = await _gateway.Public.SendAsync(new HttpRequestMessage(HttpMethod.Put, _gateway.Address("/two")), TestContext.Current.CancellationToken);
        Assert.Equal(405, (int)response.StatusCode);
    }

    /// <summary>What nobody looked for before YARP applied it.</summary>
    [Fact]
    public async Task Reload_ThatYarpCannotApply_IsOneLine_AndStaleUntilOneIsApplied()
    {
        Write(Route("unforeseen", "/two"));

        await Eventually.TrueAsync(() => Lines("could not be applied").Count > 0);
        Assert.Contains("Nobody thought of it", Assert.Single(Lines("could not be applied")), StringComparison.Ordinal);
        Assert.Equal(200, await StatusAsync("/one"));
        Assert.Contains("\"routes\":\"stale\"", await _gateway.Management.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _gateway.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", _gateway.Log.ToString(), StringComparison.Ordinal);

        Write(Route("three", "/three"));

        await Eventually.TrueAsync(async () => await StatusAsync("/three") == 200);
        Assert.Contains("\"status\":\"ready\"", await _gateway.Management.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(Lines("routes and clusters are in force"));
    }

    [Fact]
    public async Task Reload_SeveralErrorsOfARoute_AreToldAtOnce()
    {
        Write([.. Route("two", "/two"), new("ReverseProxy:Routes:two:AuthorizationPolicy", "Open"), new("ReverseProxy:Routes:two:Metadata:Scope", "write"),
            new("ReverseProxy:Routes:two:Metadata:AllowUpgrade", "yes"), new("ReverseProxy:Routes:two:Metadata:AllowMethodOverride", "1")]);

        await Eventually.TrueAsync(() => Lines("Settings were not taken over").Count == 4);
    }

    [Fact]
    public async Task Reload_SameErrorTwice_IsToldOnce()
    {
        Write([.. Route("two", "/two"), new("ReverseProxy:Routes:two:CorsPolicy", "any")]);
        await Eventually.TrueAsync(() => Lines("Settings were not taken over").Count > 0);

        Write([.. Route("two", "/two"), new("ReverseProxy:Routes:two:CorsPolicy", "any"), new("RateLimit:Permits", "7")]);
        Write([.. Route("two", "/two"), new("ReverseProxy:Routes:two:CorsPolicy", "any"), new("ReverseProxy:Routes:two:Order", "x")]);

        await Eventually.TrueAsync(() => Lines("Routes:two:Order").Count > 0);
        Assert.Single(Lines("Routes:two:CorsPolicy"));
    }

    /// <summary>The shipped routes stand only as long as an operator names none; afterwards they would be open doors nobody asked for.</summary>
    [Fact]
    public async Task Reload_FirstRoutesOfAnOperator_TakeThePlaceOfTheShipped()
    {
        Write([]);
        await Eventually.TrueAsync(async () => await StatusAsync("/api/event") == 401);

        Write(Route("mine", "/mine"));

        await Eventually.TrueAsync(async () => await StatusAsync("/mine") == 200);
        Assert.Equal(404, await StatusAsync("/api/event"));
    }

    private static KeyValuePair<string, string?>[] Route(string id, string path) =>
    [
        new($"ReverseProxy:Routes:{id}:ClusterId", "events"), new($"ReverseProxy:Routes:{id}:Match:Path", path),
        new($"ReverseProxy:Routes:{id}:AuthorizationPolicy", "Anonymous"),
    ];

    /// <summary>Settings as one flat object, later ones winning; replaced at once, as a careful editor does.</summary>
    private void Write(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        File.WriteAllText(_file + ".new", JsonSerializer.Serialize(all));
        File.Move(_file + ".new", _file, overwrite: true);
    }

    private async Task<int> StatusAsync(string path)
    {
        using var response = await _gateway.GetAsync(path);
        return (int)response.StatusCode;
    }

    /// <summary>Lines of the log that have this text, each once.</summary>
    private List<string> Lines(string text) => [.. _gateway.Log.Rendered.Where(line => line.Contains(text, StringComparison.Ordinal))];

    private sealed class UnforeseenFilter : IProxyConfigFilter
    {
        public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster);

        public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) =>
            route.RouteId == "unforeseen" ? throw new NotSupportedException("Nobody thought of it.") : new(route);
    }
}
