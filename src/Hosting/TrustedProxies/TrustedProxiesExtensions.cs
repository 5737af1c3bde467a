using System.Net;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.TrustedProxies;

public static class TrustedProxiesExtensions
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<TrustedProxiesOptions>(configuration, TrustedProxiesOptions.Section);
        services.AddSingleton<IValidateOptions<TrustedProxiesOptions>, TrustedProxiesOptionsValidator>();
        return services;
    }

    /// <summary>Without known proxies nothing is believed, and the step is left out.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<IOptions<TrustedProxiesOptions>>().Value;
        if (settings.KnownProxies.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // The walk ends at the first address that is not a known proxy, however many of those there are.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.KnownProxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                options.KnownProxies.Add(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
            }
            else
            {
                options.KnownIPNetworks.Add(ToIPv4(System.Net.IPNetwork.Parse(proxy)));
            }
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>A connection's address is looked for as IPv4 where it is one, also in an entry written <c>::ffff:10.0.0.0/104</c>.</summary>
    private static System.Net.IPNetwork ToIPv4(System.Net.IPNetwork network) =>
        network is { BaseAddress.IsIPv4MappedToIPv6: true, PrefixLength: >= 96 }
            ? new System.Net.IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - 96)
            : network;
}
