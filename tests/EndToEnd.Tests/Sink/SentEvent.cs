using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Eventicat.EndToEnd.Tests.Sink;

/// <summary>One event of the load and what is known of it.</summary>
internal sealed class SentEvent(string requestId, bool post, int padding = 0)
{
    public string RequestId { get; } = requestId;

    public string Name => $"event {RequestId}";

    /// <summary>The status answered, or null for no answer: the event may be stored or not.</summary>
    public HttpStatusCode? Status { get; private set; }

    /// <summary>The id in the receipt.</summary>
    public string? Id { get; private set; }

    public async Task SendAsync(HttpClient client)
    {
        try
        {
            using var request = CreateRequest();
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Id = response.IsSuccessStatusCode ? body.GetProperty("id").GetString() : null;
            Status = response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            Status = null;
        }
    }

    private HttpRequestMessage CreateRequest()
    {
        var request = post
            ? new HttpRequestMessage(HttpMethod.Post, "/api/event?_id=agg_1")
            {
                Content = JsonContent.Create(new { name = Name, data = new string('x', padding) }),
            }
            : new HttpRequestMessage(HttpMethod.Get, $"/api/event?_id=agg_1&name={Uri.EscapeDataString(Name)}");
        request.Headers.Add("X-Eventicat-Account", "acme");
        request.Headers.Add("X-Eventicat-Aggregator", "agg_1");
        request.Headers.Add("X-Request-Id", RequestId);
        return request;
    }
}
