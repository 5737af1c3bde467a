using System.Net.Http.Headers;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Dashboard.Access;
using Eventicat.Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Sending;

/// <summary>Sends a test event the way that clients do: through the gateway, with the key that a person has typed.</summary>
internal sealed class TestSender(HttpClient client, IOptions<GatewaySettings> settings)
{
    private const int MostShown = 2000;

    private readonly Uri _gateway = settings.Value.Url ?? settings.Value.PublicUrl;

    public async Task<SentEvent> SendAsync(OpenAccount account, TestEvent test, ApiKey key, CancellationToken cancellationToken)
    {
        await account.AuthorizeAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, test.UrlFrom(_gateway));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new SentEvent((int)response.StatusCode, Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MostShown))));
        }
        catch (Exception exception) when (
            exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new SentEvent(0, "The gateway does not answer.");
        }
    }
}
