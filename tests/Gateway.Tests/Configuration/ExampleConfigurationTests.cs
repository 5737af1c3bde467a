using Eventicat.Accounts.Storage;
using Eventicat.Gateway.Configuration;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;
using Eventicat.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.Gateway.Tests.Configuration;

public sealed class ExampleConfigurationTests
{
    private static readonly ExampleConfiguration Example = new(
        "appsettings.example.json",
        GatewayConfiguration.AddSources,
        typeof(GatewayApplication).Assembly.GetTypes(),
        typeof(AccountsOptions).Assembly.GetTypes(),
        typeof(RedisOptions).Assembly.GetTypes(),
        typeof(ConfigurationErrors).Assembly.GetTypes());

    [Fact]
    public void Example_ListsEveryKeyWithItsDefault() => Assert.Equal(Example.Defaults, Example.Listed);

    /// <summary>Routes and clusters are documented as such, their members by YARP.</summary>
    [Fact]
    public void Documentation_NamesEveryKey() =>
        Assert.Equal([], Example.FindUndocumented().Where(key => !key.StartsWith("ReverseProxy:", StringComparison.Ordinal)));

    [Fact]
    public async Task Gateway_StartsWithExample()
    {
        await using var app = GatewayApplication.Create([], builder =>
        {
            builder.Configuration.AddJsonFile(Example.Path);
            // The example's ports may be taken.
            builder.Configuration.AddInMemoryCollection([
                new("Kestrel:Endpoints:Public:Url", "http://127.0.0.1:0"), new("Kestrel:Endpoints:Management:Url", "http://127.0.0.1:0"),
                new("Shutdown:DrainDelay", "00:00:00")]);
            builder.Services.AddSingleton<ILogEventSink>(new CapturedLog());
        });

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, app.Urls.Count);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
