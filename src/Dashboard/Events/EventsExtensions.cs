using Eventicat.Dashboard.Configuration;
using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Events;

internal static class EventsExtensions
{
    /// <summary>A page waits for it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public static void AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<SinkSettings>(configuration, SinkSettings.Section);
        services.AddSingleton<IValidateOptions<SinkSettings>>(new UrlSettingsValidator<SinkSettings>(SinkSettings.Section));
        services.AddSingleton(provider => new SinkEvents(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = provider.GetRequiredService<IOptions<SinkSettings>>().Value.Url,
            Timeout = Deadline,
        }));
    }
}
