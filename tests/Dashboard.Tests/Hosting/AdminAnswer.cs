using System.Text.Json;

namespace Eventicat.Dashboard.Tests.Hosting;

/// <summary>An answer of the admin API. Reading it checks what all answers have in common.</summary>
internal sealed record AdminAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public string? ETag => Headers.GetValueOrDefault("ETag");

    public string? Error => Json.TryGetProperty("error", out var error) ? error.GetString() : null;

    public JsonElement Json => JsonElement.Parse(Text);

    public static async Task<AdminAnswer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var answer = new AdminAnswer((int)response.StatusCode, headers, text);
        Assert.Equal("no-store", headers["Cache-Control"]);
        Assert.DoesNotContain(headers.Keys, name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        if (answer.Status >= 400 && response.RequestMessage!.Method != HttpMethod.Head)
        {
            var body = JsonElement.Parse(text);
            Assert.Equal(["error"], body.EnumerateObject().Select(member => member.Name));
            Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        }

        return answer;
    }

    public AdminAnswer Expect(int status)
    {
        Assert.True(Status == status, $"{status} expected, got {Status}: {Text}");
        return this;
    }

    public string String(string member) => Json.GetProperty(member).GetString()!;
}
