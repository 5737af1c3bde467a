using System.Globalization;
using System.Reflection;
using Eventicat.Accounts.Storage;
using Eventicat.Control.Storage;
using Eventicat.Dashboard.Configuration;
using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;
using Microsoft.Extensions.Configuration.Memory;

namespace Eventicat.Dashboard.Tests.Configuration;

/// <summary>Whoever copies the dashboard's <c>appsettings.example.json</c> sees every key there is, and changes nothing by copying it.</summary>
public sealed class ExampleConfigurationTests
{
    private static readonly string Root = typeof(ExampleConfigurationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly string Example = Path.Combine(Root, "src", "Dashboard", "appsettings.example.json");

    [Fact]
    public void Example_ListsEveryKeyWithItsDefault() => Assert.Equal(
        Defaults().OrderBy(pair => pair.Key, StringComparer.Ordinal),
        Flatten(Read()).OrderBy(pair => pair.Key, StringComparer.Ordinal));

    [Fact]
    public async Task Dashboard_StartsWithExample()
    {
        // The host's own settings come last: the example's port may be taken, and its files are in the working directory.
        await using var host = await DashboardHost.StartAsync([.. Read().AsEnumerable().Where(pair => pair.Value is not null && !IsOwn(pair.Key)).Select(pair => (pair.Key, pair.Value))]);
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

    [Fact]
    public void Documentation_NamesEveryKey()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "configuration.md"));

        Assert.Equal([], Defaults().Keys.Where(key => !text.Contains($"`{key}`", StringComparison.Ordinal)));
    }

    private static IConfigurationRoot Read() => new ConfigurationBuilder().AddJsonFile(Example).Build();

    /// <summary>What the dashboard uses where nothing is configured: its own source, and the values options classes start with.</summary>
    private static Dictionary<string, string> Defaults()
    {
        using var configuration = new ConfigurationManager();
        DashboardConfiguration.AddSources(configuration, []);
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
        Assembly[] assemblies =
            [typeof(DashboardApplication).Assembly, typeof(AccountsOptions).Assembly, typeof(ControlOptions).Assembly, typeof(RedisOptions).Assembly, typeof(ConfigurationErrors).Assembly];
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
        TimeSpan duration => duration.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture),
        Uri url => url.OriginalString,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static Dictionary<string, string> Flatten(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(pair => !configuration.GetSection(pair.Key).GetChildren().Any())
        .ToDictionary(pair => pair.Key, pair => pair.Value ?? "", StringComparer.Ordinal);
}
