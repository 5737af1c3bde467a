using System.Globalization;
using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Eventicat.TestSupport;

/// <summary>
/// An <c>appsettings.example.json</c>, beside what its program uses where nothing is configured. Whoever copies it is to
/// see every key there is, and to change nothing by copying it.
/// </summary>
/// <param name="file">The example, as a path below the repository's root.</param>
/// <param name="addSources">Adds what the program reads, given a command line.</param>
/// <param name="types">Has the program's options, each a class with a constant <c>Section</c>.</param>
public sealed class ExampleConfiguration(string file, Action<ConfigurationManager, string[]> addSources, params IEnumerable<Type>[] types)
{
    public string Path { get; } = System.IO.Path.Combine(Repository.Root, file);

    /// <value>What the example says.</value>
    public IConfigurationRoot Content => new ConfigurationBuilder().AddJsonFile(Path).Build();

    /// <value>Every key of the example and what it says, in order.</value>
    public IReadOnlyList<(string Key, string Value)> Listed => InOrder(Flatten(Content));

    /// <value>Every key that the program reads and its default, in order: those of its own sources, and of its options.</value>
    public IReadOnlyList<(string Key, string Value)> Defaults => InOrder(FindDefaults());

    /// <summary>The keys that <c>docs/configuration.md</c> does not name.</summary>
    public IEnumerable<string> FindUndocumented()
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Repository.Root, "docs", "configuration.md"));
        return FindDefaults().Keys.Where(key => !text.Contains($"`{key}`", StringComparison.Ordinal));
    }

    private Dictionary<string, string> FindDefaults()
    {
        using var configuration = new ConfigurationManager();
        addSources(configuration, []);
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

    private IEnumerable<(string Section, Type Type)> OptionsClasses() => types.SelectMany(all => all)
        .Where(type => type is { IsClass: true, IsAbstract: false })
        .Select(type => (Section: type.GetField("Section")?.GetRawConstantValue() as string, type))
        .Where(candidate => candidate.Section is not null)
        .Select(candidate => (candidate.Section!, candidate.type));

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
        Uri url => url.OriginalString,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static Dictionary<string, string> Flatten(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(pair => !configuration.GetSection(pair.Key).GetChildren().Any())
        .ToDictionary(pair => pair.Key, pair => pair.Value ?? "", StringComparer.Ordinal);

    private static List<(string Key, string Value)> InOrder(Dictionary<string, string> settings) =>
        [.. settings.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];
}
