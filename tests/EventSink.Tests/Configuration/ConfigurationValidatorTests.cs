using Eventicat.EventSink.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.EventSink.Tests.Configuration;

public sealed class ConfigurationValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreValid()
    {
        using var configuration = new ConfigurationManager();
        configuration.AddSinkConfiguration([]);
        ConfigurationValidator.Validate(configuration);
        Assert.Equal("http://127.0.0.1:8090", configuration["Kestrel:Endpoints:Http:Url"]);
        Assert.Equal("data", configuration["Storage:Path"]);
    }

    [Fact]
    public void Endpoint_OfAnotherName_TakesThePlaceOfTheDefault()
    {
        using var configuration = new ConfigurationManager();
        configuration.AddSinkConfiguration(["--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:8443"]);
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
    public void Validate_BadValue_NamesKeyAndValue(string key, string value)
    {
        var error = Assert.Single(Failures((key, value)));
        Assert.StartsWith($"{key} is '{value}': must be ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralBadValues_NamesAll() =>
        Assert.Equal(3, Failures(("Storage:Path", " "), ("Storage:MaxBatch", "x"), ("Serilog:MinimumLevel:Default", "")).Length);

    [Fact]
    public void Create_BadConfiguration_ThrowsBeforeAnythingIsBuilt()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => EventSinkApplication.Create(["--Storage:MaxBatch=x"]));
        Assert.Contains("Storage:MaxBatch is 'x'", StartFailure.Describe(exception), StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_SecretsFolder_IsRead()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "Storage__Path"), "elsewhere");
        using var configuration = new ConfigurationManager();
        configuration.AddSinkConfiguration([$"--Secrets:Path={folder.Path}"]);
        Assert.Equal("elsewhere", configuration["Storage:Path"]);
    }

    private static string[] Failures(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, string? (pair) => pair.Value)).Build();
        return [.. Assert.Throws<OptionsValidationException>(() => ConfigurationValidator.Validate(configuration)).Failures];
    }
}
