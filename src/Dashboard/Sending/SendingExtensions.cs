using Eventicat.Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Sending;

internal static class SendingExtensions
{
    /// <summary>Longer than the ten seconds that the gateway waits for its backend.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public static void AddSending(this IServiceCollection services) => services.AddSingleton(provider => new TestSender(
        new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Deadline, MaxResponseContentBufferSize = 1 << 20 },
        provider.GetRequiredService<IOptions<GatewayOptions>>()));
}
