using System.Globalization;

namespace Eventicat.EventSink.Configuration;

/// <summary>What one setting must look like. Checked on the text, so that a bad number is reported like any other error.</summary>
internal sealed record ConfigurationRule(string Key, string Expectation, Func<string, bool> IsValid)
{
    public static ConfigurationRule WholeNumber(string key, int minimum, int maximum) => new(
        key,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum);

    public static ConfigurationRule Duration(string key, TimeSpan minimum, TimeSpan maximum) => new(
        key,
        $"a duration hh:mm:ss[.fff] from {minimum:c} to {maximum:c}",
        text => TimeSpan.TryParseExact(text, [@"hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF"], CultureInfo.InvariantCulture, out var duration)
            && duration >= minimum && duration <= maximum);

    /// <returns>What is wrong, naming key and value, or null.</returns>
    public string? Check(IConfiguration configuration) =>
        configuration[Key] is { } text && !IsValid(text) ? $"{Key} is '{text}': must be {Expectation}" : null;
}
