using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Bench.Compare.Processes;

namespace Eventicat.Bench.Compare.Load;

/// <summary>
/// The requests, the same for every target: all accounts in turn, half of them GET with the key in the URL, half POST
/// with the key in the header.
/// </summary>
internal sealed class RequestSet(BenchAccount[] accounts)
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"name":"signup","timestamp":"2026-01-01T00:00:00Z","value":1,"tags":{"plan":"pro","source":"web"}}""");

    public static RequestSet Create(int accounts) => new([.. Enumerable.Range(0, accounts).Select(number => new BenchAccount(number))]);

    public Task WriteAccountsAsync(string path, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, accounts.Select(account => JsonSerializer.Serialize(account.Document)), cancellationToken);

    /// <summary>The requests to one target: each account's two.</summary>
    public PreparedRequests For(Uri target) => new(
        [.. accounts.Select(account => Get(target, account, account.Key))],
        [.. accounts.Select(account => new Uri(target, $"/api/event?_id={account.Aggregator}"))],
        [.. accounts.Select(account => new AuthenticationHeaderValue("Bearer", account.Key))],
        Body);

    /// <summary>Whether the target is up and serves the first account.</summary>
    public async Task<bool> SucceedsAsync(Uri target, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new HttpClient();
            using var response = await client.GetAsync(Get(target, accounts[0], accounts[0].Key), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <exception cref="WrongAnswerException">A target that should check keys does not, or the other way round.</exception>
    public async Task CheckRefusalAsync(Target target, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(Get(target.Url, accounts[0], ApiKey.Generate(out _).Reveal()), cancellationToken);
        if (response.StatusCode != (target.ChecksKeys ? HttpStatusCode.Unauthorized : HttpStatusCode.OK))
        {
            throw new WrongAnswerException($"{target.Name} answered {(int)response.StatusCode} to a key that nobody has.");
        }
    }

    private static Uri Get(Uri target, BenchAccount account, string key) =>
        new(target, $"/api/event?_id={account.Aggregator}&name=signup&plan=pro&source=web&_apikey={key}");
}
