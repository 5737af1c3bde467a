using System.Globalization;
using System.Net;
using System.Text.Json;
using Eventicat.Accounts;

namespace Eventicat.Dashboard.Usage;

/// <summary>Asks the gateway's management listener. Every method gives <c>null</c> when it does not answer, so that pages work without it.</summary>
internal sealed class GatewayUsage(HttpClient client)
{
    /// <summary>Refuses answers with missing members: another program may listen at the configured URL.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <returns><c>null</c>: the gateway does not answer, or does not know the account.</returns>
    public Task<AccountUsage?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        GetAsync<AccountUsage>($"usage/{account}", cancellationToken);

    /// <returns><c>null</c>: the gateway does not answer.</returns>
    public Task<UrlKeyAccounts?> ListUrlKeysAsync(string? after, int limit, CancellationToken cancellationToken) =>
        GetAsync<UrlKeyAccounts>(
            string.Create(CultureInfo.InvariantCulture, $"usage/url-keys?limit={limit}&after={Uri.EscapeDataString(after ?? "")}"), cancellationToken);

    /// <returns><c>null</c>: the gateway does not answer, or has the use of keys in Redis.</returns>
    public Task<KeyUsePage?> ListKeyUseAsync(long since, string? after, int limit, CancellationToken cancellationToken) =>
        GetAsync<KeyUsePage>(
            string.Create(CultureInfo.InvariantCulture, $"usage/keys?since={since}&limit={limit}&after={Uri.EscapeDataString(after ?? "")}"), cancellationToken);

    private async Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                ? await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken)
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

/// <summary>The traffic of an account.</summary>
/// <param name="Window">The current use of the limit; <c>null</c> when the gateway does not know it.</param>
/// <param name="Minutes">The last two hours, oldest first; minutes without a request are left out.</param>
/// <param name="Hours">The last seven days, oldest first; hours without a request are left out.</param>
/// <param name="Keys">The last use of each key by id, in unix seconds, as far as the gateway knows.</param>
internal sealed record AccountUsage(
    LimitWindow? Window, IReadOnlyList<UsageBucket> Minutes, IReadOnlyList<UsageBucket> Hours, IReadOnlyDictionary<string, long> Keys);

/// <summary>The current use of an account's limit.</summary>
/// <param name="Limit">Permits per window.</param>
/// <param name="Window">The window's length.</param>
/// <param name="Used">Requests admitted within the last window.</param>
/// <param name="Remaining">Permits left.</param>
/// <param name="ResetTime">The unix time in seconds at which at least one more permit is available.</param>
internal sealed record LimitWindow(int Limit, TimeSpan Window, int Used, int Remaining, long ResetTime);

/// <param name="Time">The unix time in seconds at which the minute or hour starts.</param>
/// <param name="Outcomes">The number of requests by outcome.</param>
/// <param name="UrlKeys">How many of the requests had their key in the URL.</param>
internal sealed record UsageBucket(long Time, IReadOnlyDictionary<string, long> Outcomes, long UrlKeys);

/// <summary>A page of accounts that sent keys in URLs, latest request first.</summary>
internal sealed record UrlKeyAccounts(IReadOnlyList<UrlKeyAccount> Accounts, string? Next);

/// <param name="Id">The account's id.</param>
/// <param name="UrlKeys">The number of requests with a key in the URL within seven days.</param>
/// <param name="Last">The time of the latest of them, in unix seconds.</param>
internal sealed record UrlKeyAccount(string Id, long UrlKeys, long Last);

/// <summary>A page of keys and their last use.</summary>
internal sealed record KeyUsePage(IReadOnlyList<KeyUseBody> Keys, string? Next);

/// <param name="Account">The id of the key's account.</param>
/// <param name="Key">The key's id.</param>
/// <param name="Used">When the key was last used, in unix seconds.</param>
internal sealed record KeyUseBody(string Account, string Key, long Used);
