using Eventicat.Hosting.Configuration;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Everything that is wrong with routes and clusters, one line each: by their shape, by what they name, and by YARP's own rules.</summary>
internal static class ForwardingErrors
{
    /// <param name="configuration">Has the section <c>ReverseProxy</c>.</param>
    public static IEnumerable<string> Find(IConfiguration configuration)
    {
        var section = AcceptedSettings.ToConfiguration(YarpSettings.Shape.Read(configuration, ForwardingConstants.Section)).GetSection(ForwardingConstants.Section);
        List<SettingError> unreadable =
        [
            .. YarpSettings.Shape.FindErrors(section)
                .Where(error => !RouteErrors.IsUnsupported(error.Path)),
        ];

        // A YARP that only reads and checks: the gateway's own is not built while there are errors.
        var services = new ServiceCollection().AddLogging().AddRouting().AddRouteTrial();
        services.AddAuthorization().AddCors();
        services.AddReverseProxy().LoadFromConfig(LeaveOut(unreadable, section));
        using var yarp = services.BuildServiceProvider();
        unreadable.AddRange(FindByNames(section, yarp));
        // The matcher fails over constraints, too, which have been told.
        return [.. unreadable.Select(error => error.ToString()), .. FindByRules(yarp, tryMatching: !unreadable.Exists(error => error.Path.EndsWith(":Match:Path", StringComparison.OrdinalIgnoreCase)))];
    }

    private static List<SettingError> FindByNames(IConfigurationSection section, ServiceProvider yarp)
    {
        List<IConfigurationSection> routes = [.. section.GetSection("Routes").GetChildren()];
        List<IConfigurationSection> clusters = [.. section.GetSection("Clusters").GetChildren()];
        HashSet<string> clusterIds = new(clusters.Select(cluster => cluster.Key), StringComparer.OrdinalIgnoreCase);
        var constraints = yarp.GetRequiredService<ParameterPolicyFactory>();
        return
        [
            .. clusters.SelectMany(ClusterErrors.Find),
            .. routes.SelectMany(route => RouteErrors.Find(route, clusterIds, constraints)),
            .. RouteClashes.Find(routes),
        ];
    }

    /// <summary>The section without the values that YARP would stop at.</summary>
    private static IConfigurationSection LeaveOut(List<SettingError> unreadable, IConfigurationSection section)
    {
        var readable = section.AsEnumerable().Where(setting =>
            setting.Value is not null
            && !unreadable.Exists(error => setting.Key.Equals(error.Path, StringComparison.OrdinalIgnoreCase)
                || setting.Key.StartsWith(error.Path + ":", StringComparison.OrdinalIgnoreCase))
            && !RouteErrors.IsUnsupported(setting.Key));
        return AcceptedSettings.ToConfiguration(readable.ToDictionary(StringComparer.OrdinalIgnoreCase)).GetSection(section.Path);
    }

    private static List<string> FindByRules(ServiceProvider yarp, bool tryMatching)
    {
        IProxyConfig config;
        try
        {
            config = yarp.GetRequiredService<IProxyConfigProvider>().GetConfig();
        }
        catch (Exception exception)
        {
            // Whatever of it has the right shape and cannot be read.
            return [$"{ForwardingConstants.Section}: {exception.Message.ReplaceLineEndings(" ")}"];
        }

        var validator = yarp.GetRequiredService<IConfigValidator>();
        var errors = new List<string>();
        foreach (var cluster in config.Clusters)
        {
            // Of destinations it asks only that they have an address.
            errors.AddRange(Wait(validator.ValidateClusterAsync(cluster with { Destinations = null }))
                .Select(error => $"{ForwardingConstants.Section}:Clusters:{cluster.ClusterId}: {error.Message}"));
        }

        foreach (var route in config.Routes)
        {
            errors.AddRange(RouteConfigFilter.FindErrors(route));
            List<string> invalid = [.. Wait(validator.ValidateRouteAsync(route with { AuthorizationPolicy = null })).Select(error => error.Message)];
            if (invalid.Count == 0 && FindTransformError(route, yarp) is { } transformError)
            {
                invalid.Add(transformError);
            }

            errors.AddRange(invalid.Select(message => $"{ForwardingConstants.Section}:Routes:{route.RouteId}: {message}"));
        }

        if (tryMatching)
        {
            errors.AddRange(RouteTrial.FindProblems(config.Routes, yarp).Select(trial => $"{ForwardingConstants.Section}:Routes:{trial.Route.RouteId}:Match: {trial.Problem}"));
        }

        return errors;
    }

    /// <summary>Some of them are read only when they are built, which YARP does after it has accepted a change.</summary>
    private static string? FindTransformError(RouteConfig route, ServiceProvider yarp)
    {
        try
        {
            _ = yarp.GetRequiredService<ITransformBuilder>().Build(route, cluster: null);
            return null;
        }
        catch (Exception exception)
        {
            // Whatever it is: with it YARP would apply nothing of the change.
            return exception.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>YARP's checks only look at what they are given, and are done when they return.</summary>
    private static IList<Exception> Wait(ValueTask<IList<Exception>> check) => check.AsTask().GetAwaiter().GetResult();
}
