using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Configuration;

/// <summary>The settings that are read at the start, and stay as they were then until the next.</summary>
internal sealed class RestartSettings(IConfiguration configuration, IReadOnlyList<string> followed)
{
    private readonly Dictionary<string, string> _inForce = Read(configuration, followed);

    /// <summary>The keys whose values are others by now, whichever source wins; of a list, the list's.</summary>
    public IEnumerable<string> FindChanged()
    {
        var now = Read(configuration, followed);
        return _inForce.Keys.Union(now.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(key => !string.Equals(_inForce.GetValueOrDefault(key), now.GetValueOrDefault(key), StringComparison.Ordinal))
            .Select(WithoutIndex)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);
    }

    private static Dictionary<string, string> Read(IConfiguration configuration, IReadOnlyList<string> followed) => configuration.AsEnumerable()
        .Where(setting => setting.Value is not null
            && !followed.Any(section => setting.Key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase)))
        .ToDictionary(setting => setting.Key, setting => setting.Value!, StringComparer.OrdinalIgnoreCase);

    private static string WithoutIndex(string key)
    {
        var last = key.LastIndexOf(':');
        return last > 0 && key.AsSpan(last + 1).ContainsAnyExceptInRange('0', '9') ? key : last > 0 ? key[..last] : key;
    }
}
