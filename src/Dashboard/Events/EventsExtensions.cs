using Eventicat.Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Events;

internal static class EventsExtensions
{
    /// <summary>Short, since a page waits for the answer.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public static void AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddUrlOptions<SinkOptions>(configuration, SinkOptions.Section);
        services.AddSingleton(provider => new SinkEvents(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = provider.GetRequiredService<IOptions<SinkOptions>>().Value.Url,
            Timeout = Deadline,
        }));
    }
}
