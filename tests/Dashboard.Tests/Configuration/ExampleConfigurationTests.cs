using Eventicat.Accounts.Storage;
using Eventicat.Control.Storage;
using Eventicat.Dashboard.Configuration;
using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;
using Eventicat.TestSupport;

namespace Eventicat.Dashboard.Tests.Configuration;

public sealed class ExampleConfigurationTests
{
    private static readonly ExampleConfiguration Example = new(
        "src/Dashboard/appsettings.example.json",
        DashboardConfiguration.AddSources,
        typeof(DashboardApplication).Assembly.GetTypes(),
        typeof(AccountsOptions).Assembly.GetTypes(),
        typeof(RedisOptions).Assembly.GetTypes(),
        typeof(ControlOptions).Assembly.GetTypes(),
        typeof(ConfigurationErrors).Assembly.GetTypes());

    [Fact]
    public void Example_ListsEveryKeyWithItsDefault() => Assert.Equal(Example.Defaults, Example.Listed);

    [Fact]
    public void Documentation_NamesEveryKey() => Assert.Equal([], Example.FindUndocumented());

    [Fact]
    public async Task Dashboard_StartsWithExample()
    {
        // The host's own settings come last: the example's port may be taken, and its files are in the working directory.
        await using var host = await DashboardHost.StartAsync([.. Example.Content.AsEnumerable().Where(pair => pair.Value is not null && !IsOwn(pair.Key)).Select(pair => (pair.Key, pair.Value))]);
        var admin = await host.WithOperatorAsync();

        (await admin.GetAsync("/accounts")).Expect(200);

        static bool IsOwn(string key) => key is "Kestrel:Endpoints:Dashboard:Url" or "Accounts:File";
    }

    [Fact]
    public void Endpoint_OfAnotherName_TakesThePlaceOfTheDefault()
    {
        using var configuration = new ConfigurationManager();
        DashboardConfiguration.AddSources(configuration, ["--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:8443"]);

        Assert.Equal(["Tls"], configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint.Key));
    }
}
