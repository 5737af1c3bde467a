using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Eventicat.EventSink.Tests;

/// <summary>An answer of the sink. Reading it asserts what is true of every answer.</summary>
internal sealed record SinkAnswer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public string Error => Json.GetProperty("error").GetString()!;

    public static async Task<SinkAnswer> FromAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.False(response.Headers.Contains("Server"));
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        return new SinkAnswer(response.StatusCode, text, response.Headers, response.Content.Headers);
    }

    public IEnumerable<JsonElement> Events() => Json.GetProperty("events").EnumerateArray();

    /// <summary>The answer must be the catalogue's: status, text, and nothing more.</summary>
    public void ShouldBe(HttpStatusCode status, string text) => Assert.Equal((status, text), (Status, Text));
}
