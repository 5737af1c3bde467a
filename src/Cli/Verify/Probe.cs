using System.Net.Http.Headers;
using Eventicat.Accounts;

namespace Eventicat.Cli.Verify;

/// <summary>Sends requests and keeps watch whether an answer repeats the key.</summary>
internal sealed class Probe : IDisposable
{
    private const int MaxBody = 1 << 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Straight to what is to be checked: no proxy in between, and no second place that a redirect names.</summary>
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaxBody,
    };

    /// <value>How many answers to requests with the key there were.</value>
    public int WithKey { get; private set; }

    /// <value>How many of them repeated it.</value>
    public int Leaks { get; private set; }

    public Task<Answer> GetAsync(Uri url, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, url, key: null, cancellationToken);

    public async Task<Answer> SendAsync(HttpMethod method, Uri url, ApiKey? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .SelectMany(header => header.Value, (header, value) => (header.Key, value))
            .ToLookup(header => header.Key, header => header.value, StringComparer.OrdinalIgnoreCase);
        var answer = new Answer((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync(cancellationToken));
        if (key is not null)
        {
            WithKey++;
            Leaks += answer.Repeats(key.Reveal()) ? 1 : 0;
        }

        return answer;
    }

    public void Dispose() => _client.Dispose();
}
