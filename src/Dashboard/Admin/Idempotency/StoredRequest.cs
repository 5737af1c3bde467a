using System.Text.Json;
using Eventicat.Dashboard.Admin.Answers;

namespace Eventicat.Dashboard.Admin.Idempotency;

/// <summary>What is kept of a request with an idempotency key: enough to know it again and to answer it again, and no secret.</summary>
/// <param name="Sha256">Of the body.</param>
/// <param name="Answer"><c>null</c> as long as it runs.</param>
internal sealed record StoredRequest(string Sha256, StoredAnswer? Answer)
{
    public static StoredRequest Read(string json) => JsonSerializer.Deserialize<StoredRequest>(json, JsonSerializerOptions.Web)!;

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <summary>An answer as it can be given again.</summary>
internal sealed record StoredAnswer(int Status, string? Location, string? ETag, JsonElement? Body)
{
    public static StoredAnswer Of(Answer answer, JsonSerializerOptions options)
    {
        var body = answer.Body is IShownOnce once ? once.WithoutSecret() : answer.Body;
        return new(answer.Status, answer.Location, answer.ETag, body is null ? null : JsonSerializer.SerializeToElement(body, body.GetType(), options));
    }

    public Answer Replay() => new(Status, Body) { Location = Location, ETag = ETag, IsReplayed = true };
}
