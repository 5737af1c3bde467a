using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Eventicat.Hosting.Configuration;

/// <summary>A <see cref="TimeSpan"/> between two bounds, both included and written <c>hh:mm:ss[.fff]</c> or <c>d.hh:mm:ss</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute(string min, string max) : ValidationAttribute($"is not within {min} and {max}")
{
    public string Min => min;

    public string Max => max;

    public override bool IsValid(object? value) =>
        value is TimeSpan duration
        && duration >= TimeSpan.Parse(min, CultureInfo.InvariantCulture)
        && duration <= TimeSpan.Parse(max, CultureInfo.InvariantCulture);
}
