using System.Text.RegularExpressions;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Routes that YARP takes and that fail with each request, or that silently mean something else than they say.</summary>
internal static class RouteErrors
{
    /// <summary>Metadata that means something here. YARP reads none of a route.</summary>
    public static readonly string[] MetadataNames = [ForwardingConstants.ScopeMetadata, ForwardingConstants.AllowMethodOverrideMetadata, ForwardingConstants.AllowUpgradeMetadata];

    private static readonly string[] Conditions = ["Headers", "QueryParameters"];

    private const string OwnTimeout = "HttpRequest:ActivityTimeout of the cluster limits how long a backend may take.";

    /// <summary>
    /// Settings that need a middleware of the platform's, which the gateway does not have: CORS and timeouts would
    /// answer each request with 500, the others would be passed over.
    /// </summary>
    private static readonly Dictionary<string, string> Unsupported = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CorsPolicy"] = "Cors:AllowedOrigins names the origins.",
        ["Timeout"] = OwnTimeout,
        ["TimeoutPolicy"] = OwnTimeout,
        ["RateLimiterPolicy"] = "limits belong to accounts.",
        ["OutputCachePolicy"] = "nothing is kept of answers.",
    };

    /// <summary>Whether this is such a setting, of a route: clusters have a <c>Timeout</c> of their own.</summary>
    public static bool IsUnsupported(string key) =>
        key.Split(':') is [_, var list, _, var name] && list.Equals("Routes", StringComparison.OrdinalIgnoreCase) && Unsupported.ContainsKey(name);

    /// <param name="route">A route of the configuration.</param>
    /// <param name="clusters">The clusters' ids, compared without case.</param>
    /// <param name="constraints">Knows the constraints that patterns may name.</param>
    public static IEnumerable<SettingError> Find(IConfigurationSection route, IReadOnlySet<string> clusters, ParameterPolicyFactory constraints)
    {
        foreach (var setting in route.GetChildren())
        {
            if (Unsupported.TryGetValue(setting.Key, out var instead) && !string.IsNullOrEmpty(setting.Value))
            {
                yield return new(setting.Path, $"'{setting.Value}' is not supported; {instead}");
            }
        }

        if (!clusters.Contains(route["ClusterId"] ?? ""))
        {
            yield return new($"{route.Path}:ClusterId", $"'{route["ClusterId"]}' is not one of the clusters.");
        }

        if (long.TryParse(route["MaxRequestBodySize"], out var size) && size < -1)
        {
            yield return new($"{route.Path}:MaxRequestBodySize", $"'{size}' is less than -1, which means any size.");
        }

        foreach (var error in FindMatchErrors(route.GetSection("Match")).Concat(FindHostErrors(route.GetSection("Match:Hosts"))))
        {
            yield return error;
        }

        foreach (var error in TransformErrors.Find(route))
        {
            yield return error;
        }

        if (ReadPattern(route) is { } pattern)
        {
            foreach (var problem in FindUnusableConstraints(pattern, constraints))
            {
                yield return new($"{route.Path}:Match:Path", $"'{route["Match:Path"]}' has {problem}");
            }
        }
    }

    private static IEnumerable<SettingError> FindHostErrors(IConfigurationSection hosts) =>
        from host in hosts.GetChildren()
        let text = host.Value ?? ""
        where text.LastIndexOf('*') > 0 && !text.EndsWith(":*", StringComparison.Ordinal) || (text.StartsWith('*') && text.Length > 1 && text[1] is not ('.' or ':'))
        select new SettingError(host.Path, $"'{text}' matches nothing; a star stands alone or for the first label.");

    /// <summary>An empty value to compare with fails every request of every route. YARP tells where there is none.</summary>
    private static IEnumerable<SettingError> FindMatchErrors(IConfigurationSection match) =>
        from list in Conditions
        from condition in match.GetSection(list).GetChildren()
        where condition["Mode"]?.EndsWith("Exists", StringComparison.OrdinalIgnoreCase) != true
        from value in condition.GetSection("Values").GetChildren()
        where string.IsNullOrEmpty(value.Value)
        select new SettingError(value.Path, "is empty, which nothing is compared with.");

    /// <summary>The pattern of a route, unless it has none or one that cannot be read, which YARP tells.</summary>
    public static RoutePattern? ReadPattern(IConfigurationSection route)
    {
        try
        {
            return route["Match:Path"] is { Length: > 0 } path ? RoutePatternFactory.Parse(path) : null;
        }
        catch (RoutePatternException)
        {
            return null;
        }
    }

    /// <summary>An unknown one, or an expression that cannot be read, shows only when the first request is matched, and then fails every request of every route.</summary>
    private static List<string> FindUnusableConstraints(RoutePattern pattern, ParameterPolicyFactory constraints)
    {
        var problems = new List<string>();
        foreach (var parameter in pattern.Parameters)
        {
            foreach (var policy in parameter.ParameterPolicies)
            {
                if (FindProblem(parameter, policy, constraints) is { } problem)
                {
                    problems.Add(problem);
                }
            }
        }

        return problems;
    }

    private static string? FindProblem(RoutePatternParameterPart parameter, RoutePatternParameterPolicyReference policy, ParameterPolicyFactory constraints)
    {
        try
        {
            var created = constraints.Create(parameter, policy);
            // Parsed when it is first asked.
            _ = ((created is OptionalRouteConstraint optional ? optional.InnerConstraint : created) as RegexRouteConstraint)?.Constraint;
            return null;
        }
        catch (InvalidOperationException)
        {
            return $"the unknown constraint '{policy.Content}'.";
        }
        catch (RegexParseException exception)
        {
            return $"the constraint '{policy.Content}', whose expression cannot be read: {exception.Message}";
        }
        catch (Exception exception) when (exception is RouteCreationException or ArgumentException or FormatException)
        {
            return $"the constraint '{policy.Content}', which cannot be used: {(exception.InnerException ?? exception).Message.ReplaceLineEndings(" ")}";
        }
    }
}
