using System.Net.Http.Headers;

namespace Eventicat.Bench.Compare.Load;

/// <summary>Everything of the requests that can be made before the clock runs.</summary>
internal sealed class PreparedRequests(Uri[] gets, Uri[] posts, AuthenticationHeaderValue[] keys, byte[] body)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <param name="number">Counts through the accounts; the method changes with each pass.</param>
    public HttpRequestMessage Create(int number)
    {
        var account = number % gets.Length;
        if (number / gets.Length % 2 == 0)
        {
            return new HttpRequestMessage(HttpMethod.Get, gets[account]);
        }

        var content = new ByteArrayContent(body);
        content.Headers.ContentType = Json;
        var request = new HttpRequestMessage(HttpMethod.Post, posts[account]) { Content = content };
        request.Headers.Authorization = keys[account];
        return request;
    }
}
