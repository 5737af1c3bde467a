using System.Globalization;
using System.Net;
using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Dashboard.Access;

namespace Eventicat.Dashboard.Events;

/// <summary>Reads the events of an account from the sink, with the same headers that the gateway sets for its clients.</summary>
internal sealed class SinkEvents(HttpClient client)
{
    private const int PageSize = 50;

    /// <param name="account">The account whose events to read.</param>
    /// <param name="aggregator">One of the account's aggregators.</param>
    /// <param name="name">Only events of this name; empty for all.</param>
    /// <param name="cursor">The cursor of an earlier page; <c>null</c> for the newest events.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns><c>null</c>: the sink does not answer.</returns>
    public async Task<SinkEventPage?> ReadAsync(
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
                ? await response.Content.ReadFromJsonAsync<SinkEventPage>(JsonSerializerOptions.Web, cancellationToken)
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

/// <param name="Events">Newest first.</param>
/// <param name="Cursor">The cursor of the next, older page; <c>null</c> at the end.</param>
internal sealed record SinkEventPage(IReadOnlyList<SinkEvent> Events, string? Cursor);

/// <summary>An event as the sink answers it.</summary>
internal sealed record SinkEvent(
    string Id, string Name, DateTimeOffset Received, DateTimeOffset? Timestamp, double? Value, string? Description, JsonElement? Tags, JsonElement? Data);
