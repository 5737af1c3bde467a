using System.Globalization;
using System.Reflection;
using Eventicat.EventSink.Configuration;
using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.Shutdown;
using Eventicat.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.EventSink.Tests.Configuration;

/// <summary>Whoever copies the sink's <c>appsettings.example.json</c> sees every key there is, and changes nothing by copying it.</summary>
public sealed class ExampleConfigurationTests
{
    private static readonly string Root = typeof(ExampleConfigurationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly string Example = Path.Combine(Root, "src", "EventSink", "appsettings.example.json");

    [Fact]
    public void Example_ListsEveryKeyWithItsDefault() => Assert.Equal(
        Defaults().OrderBy(pair => pair.Key, StringComparer.Ordinal),
        Flatten(Read()).OrderBy(pair => pair.Key, StringComparer.Ordinal));

    [Fact]
    public async Task Sink_StartsWithExample()
    {
        using var folder = new TemporaryFolder();
        await using var app = EventSinkApplication.Create([], builder =>
        {
            builder.Configuration.AddJsonFile(Example);
            // The example's port may be taken, and its folder is in the working directory.
            builder.Configuration.AddInMemoryCollection([new("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:0"), new("Storage:Path", folder.Path), new("Shutdown:DrainDelay", "00:00:00")]);
            builder.Services.AddSingleton<ILogEventSink>(new CapturedLog());
        });

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Single(app.Urls);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Documentation_NamesEveryKey()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "configuration.md"));

        Assert.Equal([], Defaults().Keys.Where(key => !text.Contains($"`{key}`", StringComparison.Ordinal)));
    }

    private static IConfigurationRoot Read() => new ConfigurationBuilder().AddJsonFile(Example).Build();

    /// <summary>What the sink uses where nothing is configured: its own source, and the values options classes start with.</summary>
    private static Dictionary<string, string> Defaults()
    {
        using var configuration = new ConfigurationManager();
        EventSinkConfiguration.AddSources(configuration, []);
        var builtIn = new ConfigurationBuilder();
        foreach (var source in configuration.Sources.Where(source => source is MemoryConfigurationSource or StandInSettings))
        {
            builtIn.Add(source);
        }

        var defaults = Flatten(builtIn.Build());
        defaults.Add("Secrets:Path", "");
        foreach (var (key, value) in OptionsClasses().SelectMany(Describe))
        {
            defaults[key] = value;
        }

        return defaults;
    }

    /// <summary>A class that says which section it is, and has something to set.</summary>
    private static IEnumerable<(string Section, Type Type)> OptionsClasses() => typeof(EventSinkApplication).Assembly.GetTypes().Append(typeof(ShutdownOptions))
        .Where(type => type is { IsClass: true, IsAbstract: false })
        .Select(type => (Section: type.GetField("Section")?.GetRawConstantValue() as string, type))
        .Where(candidate => candidate.Section is not null)
        .Select(candidate => (candidate.Section!, candidate.type));

    private static IEnumerable<KeyValuePair<string, string>> Describe((string Section, Type Type) options)
    {
        var defaults = Activator.CreateInstance(options.Type);
        return options.Type.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => KeyValuePair.Create($"{options.Section}:{property.Name}", Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture) ?? ""));
    }

    private static Dictionary<string, string> Flatten(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(pair => !configuration.GetSection(pair.Key).GetChildren().Any())
        .ToDictionary(pair => pair.Key, pair => pair.Value ?? "", StringComparer.Ordinal);
}
