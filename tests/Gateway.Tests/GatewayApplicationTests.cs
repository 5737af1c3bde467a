using Eventicat.Gateway.RateLimiting;
using Eventicat.Gateway.Usage;
using Eventicat.Gateway.Usage.Storing;
using Eventicat.Gateway.Usage.Storing.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Tests;

public sealed class GatewayApplicationTests
{
    [Fact]
    public async Task Configure_WinsWithSettingsAndServices()
    {
        var store = new MemoryUsageStore(Options.Create(new UsageOptions()), TimeProvider.System);
        await using var gateway = GatewayApplication.Create(["--RateLimit:Permits=5"], builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("RateLimit:Permits", "7")]);
            builder.Services.AddSingleton<IUsageStore>(store);
        });

        Assert.Equal(7, gateway.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value.Permits);
        Assert.Same(store, gateway.Services.GetRequiredService<IUsageStore>());
    }
}
