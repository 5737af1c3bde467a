using Eventicat.Dashboard.Admin.Access;
using Eventicat.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Eventicat.Dashboard.Tests;

public sealed class DashboardApplicationTests
{
    /// <summary>The dashboard registers a provider only if a setting names one, so that the setting has to be there before.</summary>
    [Fact]
    public async Task Configure_WinsWithSettingsAndServices()
    {
        var attempts = new FailedAttempts(TimeProvider.System);
        await using var dashboard = new DashboardServices(
            services => services.AddSingleton(attempts),
            ("Authentication:Authority", "https://login.example.com"), ("Authentication:ClientId", "eventicat"));

        Assert.NotNull(await dashboard.Get<IAuthenticationSchemeProvider>().GetSchemeAsync(OpenIdConnectDefaults.AuthenticationScheme));
        Assert.Same(attempts, dashboard.Get<FailedAttempts>());
    }
}
