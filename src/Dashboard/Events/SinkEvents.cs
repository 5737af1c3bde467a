using System.Globalization;
using System.Net;
using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Dashboard.Access;

namespace Eventicat.Dashboard.Events;

/// <summary>Reads events from the sink in an account's name, as the gateway does for its clients.</summary>
internal sealed class SinkEvents(HttpClient client)
{
    private const int PageSize = 50;

    /// <param name="account">Whose.</param>
    /// <param name="aggregator">One of the account's.</param>
    /// <param name="name">Only events of this name; empty for all.</param>
    /// <param name="cursor">Of an earlier page.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns><c>null</c>: the sink does not answer.</returns>
    public async Task<EventPage?> ReadAsync(
        OpenAccount account, AggregatorId aggregator, string name, string? cursor, CancellationToken cancellationToken)
    {
        await account.AuthorizeAsync(cancellationToken);
        var query = string.Create(CultureInfo.InvariantCulture, $"api/events?limit={PageSize}")
            + (name.Length > 0 ? $"&name={Uri.EscapeDataString(name)}" : "")
            + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(query, UriKind.Relative));
        request.Headers.Add("X-Eventicat-Account", account.Id.ToString());
        request.Headers.Add("X-Eventicat-Aggregator", aggregator.ToString());
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                ? await response.Content.ReadFromJsonAsync<EventPage>(JsonSerializerOptions.Web, cancellationToken)
                : null;
        }
        catch (Exception exception) when (
            exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
