using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Eventicat.Hosting.Formats;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.Configuration;

/// <summary>Reads a section property by property and remembers what could not be read or is out of range.</summary>
internal sealed class SectionReader<TOptions>(IConfigurationSection section) : IValidateOptions<TOptions>
    where TOptions : class
{
    private static readonly PropertyInfo[] Properties =
        [.. typeof(TOptions).GetProperties().Where(property => property.CanWrite)];

    private readonly List<string> _errors = [];

    public void Read(TOptions options)
    {
        _errors.Clear();
        foreach (var property in Properties)
        {
            var value = section.GetSection(property.Name);
            if (!value.Exists())
            {
                continue;
            }

            if (property.PropertyType == typeof(TimeSpan) && value.Value?.Contains(':', StringComparison.Ordinal) != true)
            {
                // TimeSpan.Parse reads "60" as sixty days.
                _errors.Add($"{value.Path}: '{value.Value}' is not a duration; write hh:mm:ss or hh:mm:ss.fff.");
                continue;
            }

            if (property.PropertyType == typeof(DateTimeOffset?) && value.Value is { Length: > 0 } text)
            {
                if (Rfc3339.TryParse(text, out var moment))
                {
                    property.SetValue(options, moment);
                }
                else
                {
                    _errors.Add($"{value.Path}: '{text}' is not {Describe(property.PropertyType)}.");
                }

                continue;
            }

            if (property.PropertyType == typeof(string[]))
            {
                property.SetValue(options, ReadList(value));
                continue;
            }

            try
            {
                property.SetValue(options, value.Get(property.PropertyType));
            }
            catch (InvalidOperationException)
            {
                _errors.Add($"{value.Path}: '{value.Value}' is not {Describe(property.PropertyType)}.");
            }
        }
    }

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var outOfRange = Properties.SelectMany(property => property
            .GetCustomAttributes<ValidationAttribute>()
            .Where(attribute => !attribute.IsValid(property.GetValue(options)))
            .Select(attribute => $"{section.Path}:{property.Name}: {Quote(property.GetValue(options))} {attribute.FormatErrorMessage(property.Name)}."));
        List<string> errors = [.. _errors, .. outOfRange];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>A list is written as one, or as one value with commas, as is natural in the environment and on the command line.</summary>
    private string[] ReadList(IConfigurationSection list)
    {
        string[] items = [.. list.GetChildren().Select(item => item.Value ?? "")];
        if (string.IsNullOrEmpty(list.Value))
        {
            return items;
        }

        if (items.Length > 0)
        {
            // Of two sources: which of them is meant to win does not show.
            _errors.Add($"{list.Path}: '{list.Value}' is one value, and there is a list as well ({list.Path}:0 and so on); give one of them.");
        }

        return list.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Quote(object? value) => FormattableString.Invariant($"'{value}'");

    private static string Describe(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a duration (hh:mm:ss or hh:mm:ss.fff)",
        _ when type == typeof(DateTimeOffset?) => "a date and time such as 2027-01-31T00:00:00Z",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ => "a valid value",
    };
}
