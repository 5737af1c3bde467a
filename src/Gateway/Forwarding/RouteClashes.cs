using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Two routes that routing cannot choose between: it answers each request that both take with an exception. Pairs that
/// clash only for some requests, by their headers say, are not found.
/// </summary>
internal static class RouteClashes
{
    public static IEnumerable<SettingError> Find(IEnumerable<IConfigurationSection> routes)
    {
        foreach (var alike in routes.GroupBy(Describe, StringComparer.OrdinalIgnoreCase))
        {
            IConfigurationSection[] group = [.. alike];
            for (var i = 1; i < group.Length; i++)
            {
                if (group[..i].FirstOrDefault(earlier => Overlap(earlier, group[i])) is { } clash)
                {
                    yield return new($"{group[i].Path}:Match", $"takes the same requests as the route {clash.Key}; give them different values of Order.");
                }
            }
        }
    }

    /// <summary>Everything that decides between two routes, but for methods and hosts.</summary>
    private static string Describe(IConfigurationSection route) => string.Join('\n',
        int.TryParse(route["Order"], out var order) ? order : 0,
        RouteErrors.ReadPattern(route) is { } pattern ? Describe(pattern) : route["Match:Path"],
        Flatten(route.GetSection("Match:Headers")),
        Flatten(route.GetSection("Match:QueryParameters")));

    /// <summary>Names of parameters do not matter, their constraints do.</summary>
    private static string Describe(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter =>
                $"{{{(parameter.IsCatchAll ? "*" : "")}{string.Concat(parameter.ParameterPolicies.Select(policy => ":" + policy.Content))}}}",
            _ => "",
        }))));

    private static string Flatten(IConfigurationSection section) => string.Join('\t', section.AsEnumerable(makePathsRelative: true)
        .Where(setting => setting.Value is not null)
        .OrderBy(setting => setting.Key, StringComparer.Ordinal)
        .Select(setting => $"{setting.Key}={setting.Value}"));

    private static bool Overlap(IConfigurationSection one, IConfigurationSection other) =>
        Share(one.GetSection("Match:Methods"), other.GetSection("Match:Methods")) && Share(one.GetSection("Match:Hosts"), other.GetSection("Match:Hosts"));

    /// <summary>A route that names some is chosen before one that names none.</summary>
    private static bool Share(IConfigurationSection one, IConfigurationSection other)
    {
        HashSet<string?> values = new(one.GetChildren().Select(value => value.Value), StringComparer.OrdinalIgnoreCase);
        List<string?> others = [.. other.GetChildren().Select(value => value.Value)];
        return values.Count == 0 ? others.Count == 0 : values.Overlaps(others);
    }
}
