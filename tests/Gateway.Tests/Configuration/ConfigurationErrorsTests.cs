using Eventicat.Gateway.Cors;
using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.TrustedProxies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Tests.Configuration;

public sealed class ConfigurationErrorsTests
{
    [Theory]
    [InlineData("RateLimit:Permits", "0", "RateLimit:Permits: '0' is not within 1 and 1000000.")]
    [InlineData("RateLimit:Permits", "many", "RateLimit:Permits: 'many' is not a whole number.")]
    [InlineData("RateLimit:Window", "60", "RateLimit:Window: '60' is not a duration; write hh:mm:ss or hh:mm:ss.fff.")]
    [InlineData("RateLimit:Window", "00:00:00", "RateLimit:Window: '00:00:00' is not within 00:00:00.001 and 31.00:00:00.")]
    [InlineData("RateLimit:OnRedisFailure", "Open", "RateLimit:OnRedisFailure: 'Open' is not one of LocalShare, Allow, Deny.")]
    [InlineData("RateLimit:Deadline", "a:b", "RateLimit:Deadline: 'a:b' is not a duration (hh:mm:ss or hh:mm:ss.fff).")]
    [InlineData("RateLimit:Replicas", "-1", "RateLimit:Replicas: '-1' is not within 1 and 10000.")]
    [InlineData("Credentials:ForwardToBackend", "sometimes", "Credentials:ForwardToBackend: 'sometimes' is not true or false.")]
    [InlineData("Credentials:UrlKeys", "Deny", "Credentials:UrlKeys: 'Deny' is not one of Allow, Warn, Refuse.")]
    [InlineData("Credentials:UrlKeys", "7", "Credentials:UrlKeys: '7' is not one of Allow, Warn, Refuse.")]
    [InlineData("Credentials:UrlKeysLink", "/docs", "Credentials:UrlKeysLink: '/docs' is not an address such as https://example.com/url-keys.")]
    [InlineData("Credentials:UrlKeysLink", "ftp://example.com", "Credentials:UrlKeysLink: 'ftp://example.com' is not an address such as https://example.com/url-keys.")]
    [InlineData("Credentials:UrlKeysDeprecated", "soon", "Credentials:UrlKeysDeprecated: 'soon' is not a date and time such as 2027-01-31T00:00:00Z.")]
    [InlineData("Credentials:UrlKeysDeprecated", "2027-01-31T00:00:00", "Credentials:UrlKeysDeprecated: '2027-01-31T00:00:00' is not a date and time such as 2027-01-31T00:00:00Z.")]
    [InlineData("Shutdown:DrainDelay", "5", "Shutdown:DrainDelay: '5' is not a duration; write hh:mm:ss or hh:mm:ss.fff.")]
    [InlineData("Shutdown:DrainDelay", "00:06:00", "Shutdown:DrainDelay: '00:06:00' is not within 00:00:00 and 00:05:00.")]
    [InlineData("Accounts:MaxStaleness", "5", "Accounts:MaxStaleness: '5' is not a duration; write hh:mm:ss or hh:mm:ss.fff.")]
    [InlineData("Cors:AllowedOrigins:0", "example.com/", "Cors:AllowedOrigins: 'example.com/' is not an origin such as https://app.example.com, nor *.")]
    [InlineData("ForwardedHeaders:KnownProxies:0", "proxy", "ForwardedHeaders:KnownProxies: 'proxy' is neither an address nor a network such as 10.0.0.0/8.")]
    [InlineData("Cors:AllowedOrigins", "https://a.example.com, example.com/", "Cors:AllowedOrigins: 'example.com/' is not an origin such as https://app.example.com, nor *.")]
    [InlineData("ForwardedHeaders:KnownProxies", "10.0.0.1,proxy", "ForwardedHeaders:KnownProxies: 'proxy' is neither an address nor a network such as 10.0.0.0/8.")]
    [InlineData("Authentication:FailuresPerMinute", "0", "Authentication:FailuresPerMinute: '0' is not within 1 and 1000000.")]
    [InlineData("Kestrel:Endpoints:Public:Url", "8080", "Kestrel:Endpoints:Public:Url: '8080' is not a URL such as http://127.0.0.1:8080.")]
    [InlineData("Serilog:MinimumLevel:Default", "Loud", "Serilog:MinimumLevel:Default: 'Loud' is not one of Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("ReverseProxy:Routes:r:AuthorizationPolicy", "Open", "ReverseProxy:Routes:r:AuthorizationPolicy: 'Open' is not one of Default, Account, Anonymous.")]
    [InlineData("ReverseProxy:Routes:r:Metadata:Scope", "write", "ReverseProxy:Routes:r:Metadata:Scope: 'write' is not one of ingest, read.")]
    public void Create_WrongValue_NamesKeyAndValue(string key, string value, string expected)
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            ("ReverseProxy:Routes:r:ClusterId", "events"), ("ReverseProxy:Routes:r:Match:Path", "/x"), (key, value)));

        Assert.Contains(expected, error.Message.Split(Environment.NewLine));
    }

    /// <summary>As it is natural in the environment and on the command line.</summary>
    [Fact]
    public async Task Create_OneValueWhereAListIsRead_IsTheList()
    {
        await using var app = GatewayApplication.Create(["--Cors:AllowedOrigins=https://a.example.com, https://b.example.com,", "--ForwardedHeaders:KnownProxies=10.0.0.1"]);

        Assert.Equal(["https://a.example.com", "https://b.example.com"], app.Services.GetRequiredService<IOptions<BrowserAccessOptions>>().Value.AllowedOrigins);
        Assert.Equal(["10.0.0.1"], app.Services.GetRequiredService<IOptions<TrustedProxiesOptions>>().Value.KnownProxies);
    }

    /// <summary>Of two sources; the one that was to win does not show.</summary>
    [Fact]
    public void Create_OneValueAndAList_IsRefused()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            ("ForwardedHeaders:KnownProxies", "10.0.0.1"), ("ForwardedHeaders:KnownProxies:0", "10.0.0.2")));

        Assert.StartsWith("ForwardedHeaders:KnownProxies: '10.0.0.1' is one value, and there is a list as well", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ManyWrongValues_ReportsAllAtOnce()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            ("RateLimit:Permits", "0"), ("RateLimit:Window", "x"), ("Limits:BodyBytes", "-1"),
            ("Kestrel:Endpoints:Public:Url", "x"), ("ReverseProxy:Routes:r:Metadata:Scope", "x"),
            ("ReverseProxy:Routes:r:ClusterId", "events"), ("ReverseProxy:Routes:r:Match:Path", "/x")));

        foreach (var key in new[] { "RateLimit:Permits", "RateLimit:Window", "Limits:BodyBytes", "Kestrel:Endpoints:Public:Url", "ReverseProxy:Routes:r" })
        {
            Assert.Single(error.Message.Split(Environment.NewLine), line => line.StartsWith(key, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Create_UnusableRedisConnection_DoesNotPrintItsPassword()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(("Redis:Connection", "password=hunter2"), ("RateLimit:Permits", "0")));

        Assert.Contains("Redis:Connection", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    private static void Create(params (string Key, string Value)[] settings) => GatewayApplication.Create([], builder =>
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))));
}
