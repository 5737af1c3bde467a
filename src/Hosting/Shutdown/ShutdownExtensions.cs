using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.Shutdown;

public static class ShutdownExtensions
{
    /// <summary>
    /// What is under way when draining is over gets this long. With the default delay that is less than the thirty
    /// seconds after which Kubernetes kills a process.
    /// </summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(20);

    public static IServiceCollection AddDraining(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<ShutdownOptions>(configuration, ShutdownOptions.Section);
        services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>(
            (host, shutdown) => host.ShutdownTimeout = shutdown.Value.DrainDelay + UnderWay);
        services.AddSingleton<Draining>();
        return services.AddHostedService(provider => provider.GetRequiredService<Draining>());
    }

    /// <summary>Before everything that may answer.</summary>
    public static IApplicationBuilder UseDraining(this IApplicationBuilder app) => app.UseMiddleware<DrainingMiddleware>();
}
