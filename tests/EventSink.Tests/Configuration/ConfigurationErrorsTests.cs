using Eventicat.EventSink.Configuration;
using Eventicat.EventSink.Storage;
using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Eventicat.EventSink.Tests.Configuration;

public sealed class ConfigurationErrorsTests
{
    [Fact]
    public async Task Create_Defaults_AreValid()
    {
        await using var app = EventSinkApplication.Create([]);
        Assert.Equal("http://127.0.0.1:8090", app.Configuration["Kestrel:Endpoints:Http:Url"]);
        Assert.Equal("data", app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Path);
    }

    [Fact]
    public void Endpoint_OfAnotherName_TakesThePlaceOfTheDefault()
    {
        using var configuration = new ConfigurationManager();
        EventSinkConfiguration.AddSources(configuration, ["--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:8443"]);
        Assert.Equal(["Tls"], configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint.Key));
    }

    [Theory]
    [InlineData("Storage:Path", "")]
    [InlineData("Storage:QueueCapacity", "0")]
    [InlineData("Storage:QueueCapacity", "many")]
    [InlineData("Storage:MaxBatch", "100001")]
    [InlineData("Storage:MaxBatch", "1.5")]
    [InlineData("Storage:BusyTimeout", "5")]
    [InlineData("Storage:BusyTimeout", "00:01:01")]
    [InlineData("Kestrel:Endpoints:Http:Url", "8090")]
    [InlineData("Kestrel:Endpoints:Http:Url", "ftp://localhost")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://localhost:99999")]
    [InlineData("Kestrel:Endpoints:Other:Url", "")]
    [InlineData("Serilog:MinimumLevel:Default", "Loud")]
    [InlineData("Serilog:MinimumLevel:Override:Microsoft", "7")]
    [InlineData("Secrets:Path", "/nowhere")]
    public void Create_BadValue_NamesKeyAndValue(string key, string value)
    {
        var error = Assert.Single(Failures((key, value)));
        Assert.StartsWith($"{key}: '{value}' ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SeveralBadValues_NamesAll() =>
        Assert.Equal(3, Failures(("Storage:Path", " "), ("Storage:MaxBatch", "x"), ("Serilog:MinimumLevel:Default", "Loud")).Length);

    [Fact]
    public void Configuration_SecretsFolder_IsRead()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "Storage__Path"), "elsewhere");
        using var configuration = new ConfigurationManager();
        EventSinkConfiguration.AddSources(configuration, [$"--Secrets:Path={folder.Path}"]);
        Assert.Equal("elsewhere", configuration["Storage:Path"]);
    }

    /// <summary>What it adds wins over every source and every service that the sink adds itself.</summary>
    [Fact]
    public async Task Configure_RunsLast()
    {
        using var folder = new TemporaryFolder();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var app = EventSinkApplication.Create([$"--Storage:Path={folder.Path}", "--Storage:MaxBatch=7"], builder =>
        {
            Assert.Contains(builder.Services, service => service.ServiceType == typeof(IEventStore));
            builder.Configuration.AddInMemoryCollection([new("Storage:MaxBatch", "8")]);
            builder.Services.AddSingleton<TimeProvider>(time);
        });

        Assert.Equal(8, app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.MaxBatch);
        Assert.Same(time, app.Services.GetRequiredService<TimeProvider>());
    }

    private static string[] Failures(params (string Key, string Value)[] settings) =>
        Assert.Throws<InvalidConfigurationException>(() => EventSinkApplication.Create([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")]))
            .Message.Split(Environment.NewLine);
}
