using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Security;

internal static class SecurityExtensions
{
    private static readonly TimeSpan HstsAge = TimeSpan.FromDays(365);

    public static void AddBrowserSecurity(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("eventicat-dashboard");
        services.AddSingleton<ProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = provider.GetRequiredService<ProtectionKeys>()));
        services.AddHsts(options => options.MaxAge = HstsAge);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "__Host-eventicat-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            // The cookie policy makes it secure. Always here would fail on http://localhost, which browsers treat as secure.
            options.Cookie.SecurePolicy = CookieSecurePolicy.None;
        });
        services.Configure<CookiePolicyOptions>(options =>
        {
            options.Secure = CookieSecurePolicy.Always;
            options.HttpOnly = HttpOnlyPolicy.Always;
            options.MinimumSameSitePolicy = SameSiteMode.Lax;
        });
    }

    public static void UseBrowserSecurity(this IApplicationBuilder app)
    {
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseHsts();
        app.UseCookiePolicy();
    }
}
