using System.Globalization;
using System.Net;
using System.Text.Json;
using Eventicat.Accounts;

namespace Eventicat.Dashboard.Usage;

/// <summary>Asks the gateway's management listener. A gateway that does not answer is a value: pages go on without it.</summary>
internal sealed class GatewayUsage(HttpClient client)
{
    /// <summary>Another program behind the configured URL may answer JSON as well: what is not whole is no answer.</summary>
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

    /// <returns><c>null</c>: the gateway does not answer, or keeps last uses elsewhere.</returns>
    public Task<UsedKeys?> ListUsedKeysAsync(long since, string? after, int limit, CancellationToken cancellationToken) =>
        GetAsync<UsedKeys>(
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
