using System.Globalization;
using System.Reflection;
using Eventicat.Accounts.Storage;
using Eventicat.Gateway.Configuration;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;
using Eventicat.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.Gateway.Tests.Configuration;

/// <summary>Whoever copies <c>appsettings.example.json</c> sees every key there is, and changes nothing by copying it.</summary>
public sealed class ExampleConfigurationTests
{
    private static readonly string Root = typeof(ExampleConfigurationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly string Example = Path.Combine(Root, "appsettings.example.json");

    [Fact]
    public void Example_ListsEveryKeyWithItsDefault() => Assert.Equal(
        Defaults().OrderBy(pair => pair.Key, StringComparer.Ordinal),
        Flatten(Read()).OrderBy(pair => pair.Key, StringComparer.Ordinal));

    [Fact]
    public async Task Gateway_StartsWithExample()
    {
        await using var app = GatewayApplication.Create([], builder =>
        {
            builder.Configuration.AddJsonFile(Example);
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

    [Fact]
    public void Documentation_NamesEveryKey()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "configuration.md"));

        // Routes and clusters are documented as such, their members by YARP.
        var missing = Defaults().Keys.Where(key => !key.StartsWith("ReverseProxy:", StringComparison.Ordinal) && !text.Contains($"`{key}`", StringComparison.Ordinal));

        Assert.Equal([], missing);
    }

    private static IConfigurationRoot Read() => new ConfigurationBuilder().AddJsonFile(Example).Build();

    /// <summary>What the gateway uses where nothing is configured: its own source, and the values options classes start with.</summary>
    private static Dictionary<string, string> Defaults()
    {
        using var configuration = new ConfigurationManager();
        GatewayConfiguration.AddSources(configuration, []);
        var builtIn = new ConfigurationBuilder();
        foreach (var source in configuration.Sources.Where(source => source is MemoryConfigurationSource or StandInSettings))
        {
            builtIn.Add(source);
        }

        var defaults = Flatten(builtIn.Build());
        defaults.Add("Secrets:Path", "");
        foreach (var (key, value) in OptionsClasses().SelectMany(Describe))
        {
            defaults.Add(key, value);
        }

        return defaults;
    }

    /// <summary>A class that says which section it is, and has something to set.</summary>
    private static IEnumerable<(string Section, Type Type)> OptionsClasses()
    {
        Assembly[] assemblies = [typeof(GatewayApplication).Assembly, typeof(AccountsOptions).Assembly, typeof(RedisOptions).Assembly, typeof(ConfigurationErrors).Assembly];
        return assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Select(type => (Section: type.GetField("Section")?.GetRawConstantValue() as string, type))
            .Where(candidate => candidate.Section is not null)
            .Select(candidate => (candidate.Section!, candidate.type));
    }

    private static IEnumerable<KeyValuePair<string, string>> Describe((string Section, Type Type) options)
    {
        var defaults = Activator.CreateInstance(options.Type);
        return options.Type.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => KeyValuePair.Create($"{options.Section}:{property.Name}", Text(property.GetValue(defaults))));
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        Array { Length: 0 } => "",
        TimeSpan duration => duration.ToString(duration.Milliseconds == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static Dictionary<string, string> Flatten(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(pair => !configuration.GetSection(pair.Key).GetChildren().Any())
        .ToDictionary(pair => pair.Key, pair => pair.Value ?? "", StringComparer.Ordinal);
}
