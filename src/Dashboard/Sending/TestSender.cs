using System.Net.Http.Headers;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Dashboard.Access;
using Eventicat.Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Sending;

/// <summary>Sends a test event as clients do: through the gateway, with the key that a person has typed.</summary>
internal sealed class TestSender(HttpClient client, IOptions<GatewayOptions> options)
{
    private const int MostShown = 2000;

    private readonly Uri _gateway = options.Value.Url ?? options.Value.PublicUrl;

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

/// <summary>An event with which a person tries their account.</summary>
internal sealed record TestEvent(AggregatorId Aggregator, string Name)
{
    public const string KeyPlaceholder = "$EVENTICAT_KEY";

    public Uri UrlFrom(Uri gateway) => new(gateway, $"/api/event?_id={Aggregator}&name={Uri.EscapeDataString(Name)}");

    /// <summary>The same event as a command for a terminal. The key is in a header, since proxies may log URLs.</summary>
    /// <param name="gateway">Where clients reach the gateway.</param>
    /// <param name="key">The key itself if the page shows it anyway; otherwise <see cref="KeyPlaceholder"/>.</param>
    public string ToCurl(Uri gateway, string key) => $"curl -H \"Authorization: Bearer {key}\" '{UrlFrom(gateway).AbsoluteUri}'";
}

/// <summary>What the gateway answered to a test event.</summary>
/// <param name="Status">The HTTP status; 0 if there was no answer.</param>
/// <param name="Body">The beginning of the answer, as long as people read.</param>
internal sealed record SentEvent(int Status, string Body)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
