using Eventicat.Dashboard.Admin.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Eventicat.Dashboard.Tests;

public sealed class DashboardApplicationTests
{
    /// <summary>The scheme of the provider is added where a setting says so: the setting has to be there before the services.</summary>
    [Fact]
    public async Task Configure_WinsWithSettingsAndServices()
    {
        var attempts = new FailedAttempts(TimeProvider.System);
        await using var app = DashboardApplication.Create(["--Authentication:Authority=", "--Admin:AllowHttp=false"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Accounts:File"] = "accounts.json",
                ["Authentication:Authority"] = "https://login.example.com",
                ["Authentication:ClientId"] = "eventicat",
            });
            builder.Services.AddSingleton(attempts);
        });

        Assert.NotNull(await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(OpenIdConnectDefaults.AuthenticationScheme));
        Assert.Same(attempts, app.Services.GetRequiredService<FailedAttempts>());
    }
}
