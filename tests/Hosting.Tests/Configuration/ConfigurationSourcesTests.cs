using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Tests.Configuration;

public sealed class ConfigurationSourcesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hosting-sources-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sources_LaterOnes_Win()
    {
        File.WriteAllText(Path.Combine(_folder, "Section__Secret"), "from the folder");

        using var configuration = Read(
            ["--Section:Argument=from the arguments", "--Section:Secret=from the arguments", $"--Secrets:Path={_folder}"],
            ("Section:Default", "from the assembly"), ("Section:Argument", "from the assembly"), ("Section:Secret", "from the assembly"));

        Assert.Equal("from the assembly", configuration["Section:Default"]);
        Assert.Equal("from the arguments", configuration["Section:Argument"]);
        Assert.Equal("from the folder", configuration["Section:Secret"]);
    }

    [Fact]
    public void Secrets_FolderThatIsNone_IsNamed()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Read([$"--Secrets:Path={_folder}/missing"]));

        Assert.Equal($"Secrets:Path: '{_folder}/missing' is not a folder.", error.Message);
    }

    [Theory]
    [InlineData("Https", "https://127.0.0.1:8443", null)]
    [InlineData("Http", "http://127.0.0.1:81", "http://127.0.0.1:81")]
    [InlineData("Http2", null, "http://127.0.0.1:80")]
    public void StandIn_GoesWhenAnotherIsNamed(string name, string? url, string? expected)
    {
        using var configuration = new ConfigurationManager();
        configuration.AddSources([], [], [StandInSettings.ForEndpoint(configuration, "Http", "http://127.0.0.1:80")]);
        configuration.AddInMemoryCollection([new($"Kestrel:Endpoints:{name}:Url", url)]);

        Assert.Equal(expected, configuration["Kestrel:Endpoints:Http:Url"]);
    }

    private static ConfigurationManager Read(string[] args, params (string Key, string Value)[] defaults)
    {
        var configuration = new ConfigurationManager();
        configuration.AddSources(defaults.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)), args, []);
        return configuration;
    }
}
