using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Configuration;

/// <summary>What is wrong with one setting.</summary>
/// <param name="Path">Its full key.</param>
/// <param name="Problem">Ends the line that begins with the key; shows no value that may be a secret.</param>
public sealed record SettingError(string Path, string Problem)
{
    public override string ToString() => $"{Path}: {Problem}";
}

/// <summary>
/// What the settings of a section that a library reads may look like. Libraries ignore names that they do not know, and
/// stop at the first value that they cannot read; a check against the shape finds all such places at once.
/// </summary>
public abstract class SettingShape
{
    /// <summary>Any text. It may be a secret and is never shown.</summary>
    public static SettingShape Text { get; } = new ValueShape(static _ => true, "text");

    public static SettingShape Flag { get; } = new ValueShape(static text => bool.TryParse(text, out _), "true or false");

    public static SettingShape WholeNumber { get; } = new ValueShape(
        static text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), "a whole number");

    public static SettingShape LongNumber { get; } = new ValueShape(
        static text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), "a whole number");

    /// <summary>Above zero, and short enough for a timer. A bare number, which would be days, is refused.</summary>
    public static SettingShape Duration { get; } = new ValueShape(
        static text => text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration)
            && duration > TimeSpan.Zero && duration.TotalMilliseconds <= int.MaxValue,
        "a duration above zero; write hh:mm:ss or hh:mm:ss.fff");

    /// <summary>A name of the enumeration; its numbers are refused, they say nothing to a reader.</summary>
    public static SettingShape NameOf<TEnum>(params TEnum[] except)
        where TEnum : struct, Enum
    {
        string[] names = [.. Enum.GetValues<TEnum>().Distinct().Except(except).Select(value => value.ToString())];
        return OneOf(names);
    }

    public static SettingShape OneOf(params string[] names) => new ValueShape(
        text => names.Contains(text, StringComparer.OrdinalIgnoreCase), $"one of {string.Join(", ", names)}");

    /// <summary>Given as a list, or as one value with commas between the items.</summary>
    public static SettingShape ListOf(SettingShape item) => new ListShape(item, ',');

    /// <summary>Given as a list, or as one value that is the only item: items may have commas.</summary>
    public static SettingShape ListOfWhole(SettingShape item) => new ListShape(item, separator: null);

    /// <summary>Members whose names the operator chooses.</summary>
    public static SettingShape Named(SettingShape member) => new NestedShape(member);

    /// <summary>Members that have these names, compared without case.</summary>
    public static SettingShape Members(params (string Name, SettingShape Shape)[] members) => new MembersShape(members);

    /// <summary>Everything under the section, itself included, that does not have this shape.</summary>
    public abstract IEnumerable<SettingError> FindErrors(IConfigurationSection section);

    /// <summary>What is set of a section, by full keys; lists that are given as one value are the lists they mean.</summary>
    public IReadOnlyDictionary<string, string?> Read(IConfiguration configuration, string section)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = new Dictionary<string, string?>(AcceptedSettings.Flatten(configuration, section), StringComparer.OrdinalIgnoreCase);
        foreach (var (list, items) in FindValuesOfLists(configuration.GetSection(section)))
        {
            settings.Remove(list);
            for (var i = 0; i < items.Length; i++)
            {
                settings[$"{list}:{i}"] = items[i];
            }
        }

        return settings;
    }

    /// <summary>The lists that are given as one value, and their items.</summary>
    protected virtual IEnumerable<(string Path, string[] Items)> FindValuesOfLists(IConfigurationSection section) => [];

    private sealed class ValueShape(Func<string, bool> isValid, string description) : SettingShape
    {
        public override IEnumerable<SettingError> FindErrors(IConfigurationSection section)
        {
            if (section.GetChildren().Any())
            {
                return [new(section.Path, "has members where one value is expected.")];
            }

            return section.Value is null || isValid(section.Value) ? [] : [new(section.Path, $"'{section.Value}' is not {description}.")];
        }
    }

    private class NestedShape(SettingShape nested, string expected = "members are") : SettingShape
    {
        protected bool IsOfValues => nested is ValueShape;

        public override IEnumerable<SettingError> FindErrors(IConfigurationSection section) => string.IsNullOrEmpty(section.Value)
            ? section.GetChildren().SelectMany(nested.FindErrors)
            : [new(section.Path, $"'{section.Value}' is one value where {expected} expected.")];

        protected override IEnumerable<(string Path, string[] Items)> FindValuesOfLists(IConfigurationSection section) =>
            section.GetChildren().SelectMany(nested.FindValuesOfLists);
    }

    private sealed class ListShape(SettingShape item, char? separator) : NestedShape(item, "a list is")
    {
        /// <summary>A value beside a list stays, and is an error: of two sources, the one that is to win does not show.</summary>
        protected override IEnumerable<(string Path, string[] Items)> FindValuesOfLists(IConfigurationSection section) =>
            string.IsNullOrEmpty(section.Value) || section.GetChildren().Any() || !IsOfValues ? base.FindValuesOfLists(section)
            : [(section.Path, separator is null ? [section.Value] : section.Value.Split(separator.Value, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }

    private sealed class MembersShape((string Name, SettingShape Shape)[] members) : SettingShape
    {
        private readonly Dictionary<string, SettingShape> _members =
            members.ToDictionary(member => member.Name, member => member.Shape, StringComparer.OrdinalIgnoreCase);

        private readonly string _names = string.Join(", ", members.Select(member => member.Name));

        public override IEnumerable<SettingError> FindErrors(IConfigurationSection section) => string.IsNullOrEmpty(section.Value)
            ? section.GetChildren().SelectMany(FindMemberErrors)
            : [new(section.Path, "is one value where members are expected.")];

        protected override IEnumerable<(string Path, string[] Items)> FindValuesOfLists(IConfigurationSection section) => section.GetChildren()
            .SelectMany(member => _members.TryGetValue(member.Key, out var shape) ? shape.FindValuesOfLists(member) : []);

        private IEnumerable<SettingError> FindMemberErrors(IConfigurationSection member) => _members.TryGetValue(member.Key, out var shape)
            ? shape.FindErrors(member)
            : [new(member.Path, $"is not a setting; there are {_names}.")];
    }
}
