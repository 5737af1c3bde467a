using System.Text.Json;
using Eventicat.Hosting.Configuration;
using Eventicat.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>
/// The shipped endpoints stand only as long as an operator names none: a plain one beside the https one that was asked
/// for would go on taking keys on all interfaces.
/// </summary>
public sealed class DefaultListenersTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-default-").FullName;
    private readonly CapturedLog _log = new();
    private readonly int _port = FreePort.Find();
    private readonly int _managementPort = FreePort.Find();
    private WebApplication? _app;

    private string Settings => Path.Combine(_folder, "appsettings.json");

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("arguments")]
    [InlineData("file")]
    [InlineData("environment")]
    public async Task Start_WithAnotherEndpoint_OpensNoneThatNobodyNamed(string source)
    {
        await StartAsync(source, ("Kestrel:Endpoints:Other:Url", Url(_port)), ("Kestrel:Endpoints:ManagementInside:Url", Url(_managementPort)));

        Assert.Equal(new[] { Url(_managementPort), Url(_port) }.Order(StringComparer.Ordinal), _app!.Urls.Order(StringComparer.Ordinal));
        Assert.Equal(401, await StatusAsync(_port, "/api/event"));
        Assert.Equal(200, await StatusAsync(_managementPort, "/health/live"));
    }

    /// <summary>Whoever only says more of the shipped endpoint has it still.</summary>
    [Fact]
    public void Create_EndpointNamedPublic_KeepsItsAddress()
    {
        _app = Create(["--Kestrel:Endpoints:Public:Protocols=Http1"]);

        Assert.Equal("http://*:8080", _app.Configuration["Kestrel:Endpoints:Public:Url"]);
        Assert.Equal("http://127.0.0.1:8081", _app.Configuration["Kestrel:Endpoints:Management:Url"]);
    }

    /// <summary>As templates leave it where there is nothing to say, and as somebody writes who switches a member off.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{ \"Certificate\": {}, \"Url\": null }")]
    public void Create_MemberThatSaysNothing_TakesNothingAway(string member)
    {
        File.WriteAllText(Settings, $$"""{ "Kestrel": { "Endpoints": { "Other": {{member}}, "Management2": {{member}} } }, "ReverseProxy": { "Routes": { "r": {{member}} } } }""");

        _app = Create([], configuration => configuration.AddJsonFile(Settings, optional: false, reloadOnChange: false));

        Assert.Equal("http://*:8080", _app.Configuration["Kestrel:Endpoints:Public:Url"]);
        Assert.Equal("http://127.0.0.1:8081", _app.Configuration["Kestrel:Endpoints:Management:Url"]);
        Assert.Contains(_app.Configuration.GetSection("ReverseProxy:Routes").GetChildren(), route => route["Match:Path"] == "/api/{**rest}");
    }

    /// <summary>What is said of an endpoint that is no longer shipped is no endpoint.</summary>
    [Fact]
    public void Create_PublicWithoutAddressBesideAnother_IsRefused()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            ["--Kestrel:Endpoints:Public:Protocols=Http1", $"--Kestrel:Endpoints:Other:Url={Url(_port)}"]));

        Assert.Contains("Kestrel:Endpoints:Public:Url", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The port of the shipped endpoint may be somebody else's on the machine of the test; then the line says so.</summary>
    [Fact]
    public async Task Reload_EndpointAddedAndRemoved_ShippedOneGoesAndComesBack()
    {
        await StartAsync("file", ("Kestrel:Endpoints:Other:Url", Url(_port)), ("Kestrel:Endpoints:Management:Url", Url(_managementPort)));
        Assert.DoesNotContain(_app!.Urls, IsShipped);

        Write(("Kestrel:Endpoints:Management:Url", Url(_managementPort)));

        await Eventually.TrueAsync(() => _app.Urls.Any(IsShipped) || Lines("Kestrel:Endpoints:Public:Url: 'http://*:8080' cannot be listened on") == 1);
        if (!_app.Urls.Any(IsShipped))
        {
            // Refused whole.
            Assert.Equal(401, await StatusAsync(_port, "/api/event"));
            return;
        }

        await Eventually.TrueAsync(() => _app.Urls.Count == 2);
        Assert.Equal(401, await StatusAsync(8080, "/api/event"));

        Write(("Kestrel:Endpoints:Other:Url", Url(_port)), ("Kestrel:Endpoints:Management:Url", Url(_managementPort)));

        await Eventually.TrueAsync(async () => !_app.Urls.Any(IsShipped) && await StatusAsync(_port, "/api/event") == 401);
    }

    private static string Url(int port) => $"http://127.0.0.1:{port}";

    private static bool IsShipped(string url) => url.EndsWith(":8080", StringComparison.Ordinal);

    private async Task StartAsync(string source, params (string Key, string Value)[] settings)
    {
        if (source == "file")
        {
            Write(settings);
        }

        string[] args = source == "arguments" ? [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")] : [];
        _app = Create(args, configuration =>
        {
            if (source == "file")
            {
                configuration.AddJsonFile(Settings, optional: false, reloadOnChange: true);
            }
            else if (source == "environment")
            {
                // Of this test alone: other gateways in this process read the environment, too.
                var prefix = $"T{_port}_{_managementPort}_";
                Array.ForEach(settings, setting => Environment.SetEnvironmentVariable(prefix + setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value));
                configuration.AddEnvironmentVariables(prefix);
            }
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    private WebApplication Create(string[] args, Action<IConfigurationBuilder>? configure = null) => GatewayApplication.Create(args, builder =>
    {
        builder.Configuration.AddInMemoryCollection([new("Accounts:File", Path.Combine(_folder, "accounts.json")), new("Shutdown:DrainDelay", "00:00:00")]);
        configure?.Invoke(builder.Configuration);
        builder.Services.AddSingleton<ILogEventSink>(_log);
    });

    private void Write(params (string Key, string Value)[] settings)
    {
        File.WriteAllText(Settings + ".new", JsonSerializer.Serialize(settings.ToDictionary(setting => setting.Key, setting => setting.Value)));
        File.Move(Settings + ".new", Settings, overwrite: true);
    }

    private int Lines(string text) => _log.Rendered.Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <returns>0: nobody listens there.</returns>
    private static async Task<int> StatusAsync(int port, string path)
    {
        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(new Uri(Url(port) + path), TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
