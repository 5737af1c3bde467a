using System.Net.Http.Headers;
using System.Text;

namespace Eventicat.Dashboard.Tests.Hosting;

/// <summary>A program with an operator token.</summary>
internal sealed class AdminClient(HttpClient client, string? token)
{
    public string? Token => token;

    public Task<AdminAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<AdminAnswer> PostAsync(string path, string? json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, json, headers);

    public Task<AdminAnswer> PatchAsync(string path, string json, string? tag) =>
        SendAsync(HttpMethod.Patch, path, json, tag is null ? [] : [("If-Match", tag)]);

    public Task<AdminAnswer> DeleteAsync(string path, string? tag = null) =>
        SendAsync(HttpMethod.Delete, path, null, tag is null ? [] : [("If-Match", tag)]);

    /// <param name="method">How.</param>
    /// <param name="path">After <c>/admin/v1</c>.</param>
    /// <param name="json">The body; <c>null</c> for none.</param>
    /// <param name="headers">Besides the token.</param>
    public async Task<AdminAnswer> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri("/admin/v1" + path, UriKind.Relative));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
            }
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await AdminAnswer.ReadAsync(response);
    }
}
