using System.Diagnostics;
using Microsoft.AspNetCore.Routing.Patterns;
using Yarp.ReverseProxy.Configuration;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Matches one request against routes as the platform will: what its matcher cannot read, such as a host, shows with the
/// first request only, and then fails every request of every route.
/// </summary>
internal static class RouteTrial
{
    /// <summary>What the matcher needs beside routing itself.</summary>
    public static IServiceCollection AddRouteTrial(this IServiceCollection services) =>
        services.AddMetrics().AddSingleton<DiagnosticListener>(static _ => new(nameof(RouteTrial))).AddSingleton<DiagnosticSource>(static provider => provider.GetRequiredService<DiagnosticListener>());

    /// <summary>One at a time only where all together fail.</summary>
    public static IEnumerable<(RouteConfig Route, string Problem)> FindProblems(IReadOnlyList<RouteConfig> routes, IServiceProvider services)
    {
        if (FindProblem(routes, services) is null)
        {
            yield break;
        }

        foreach (var route in routes)
        {
            if (FindProblem([route], services) is { } problem)
            {
                yield return (route, problem);
            }
        }
    }

    private static string? FindProblem(IReadOnlyList<RouteConfig> routes, IServiceProvider services)
    {
        try
        {
            Endpoint[] endpoints = [.. routes.Select(ToEndpoint).OfType<Endpoint>()];
            var app = new ApplicationBuilder(services);
            app.UseRouting();
            app.UseEndpoints(table => table.DataSources.Add(new DefaultEndpointDataSource(endpoints)));
            // No route is to be found: the matcher is made, and nothing runs.
            app.Build()(new DefaultHttpContext { RequestServices = services, Request = { Method = "TRIAL", Path = "/", Host = new("trial.invalid") } }).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception exception)
        {
            // Whatever it is: with it no request would be routed.
            return (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>Without a pattern that can be read there is nothing to try; that is told elsewhere.</summary>
    private static RouteEndpoint? ToEndpoint(RouteConfig route)
    {
        RoutePattern pattern;
        try
        {
            pattern = RoutePatternFactory.Parse(route.Match.Path ?? "/{**all}");
        }
        catch (RoutePatternException)
        {
            return null;
        }

        var endpoint = new RouteEndpointBuilder(static _ => Task.CompletedTask, pattern, route.Order ?? 0);
        if (route.Match.Hosts is { Count: > 0 } hosts)
        {
            endpoint.Metadata.Add(new HostAttribute([.. hosts]));
        }

        if (route.Match.Methods is { Count: > 0 } methods)
        {
            endpoint.Metadata.Add(new HttpMethodMetadata(methods));
        }

        return (RouteEndpoint)endpoint.Build();
    }
}
