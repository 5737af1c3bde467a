using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Eventicat.Control.Storage;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Idempotency;

/// <summary>Keeps requests by caller, path and idempotency key.</summary>
internal sealed class RequestRecords(IRecordStore records, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>A request takes seconds at most. A reservation that is older was left by a process that has died.</summary>
    private static readonly TimeSpan ReservedFor = TimeSpan.FromMinutes(1);

    /// <summary>No part contains a line break, so that two requests never have the same id.</summary>
    public static string IdOf(string token, string path, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{token}\n{path}\n{key}")));

    public Task<bool> TryReserveAsync(string id, string sha256, CancellationToken cancellationToken) => records.TryPutAsync(
        RecordKind.Request, new StoredRecord(id, 0, new StoredRequest(sha256, null).Write()), time.GetUtcNow() + ReservedFor, cancellationToken);

    /// <returns><c>null</c>: the request has expired, or it has failed and was released.</returns>
    public async Task<StoredRequest?> FindAsync(string id, CancellationToken cancellationToken) =>
        await records.FindAsync(RecordKind.Request, id, cancellationToken) is { } record ? StoredRequest.Read(record.Json) : null;

    public Task CompleteAsync(string id, string sha256, StoredAnswer answer) => records.TryPutAsync(
        RecordKind.Request, new StoredRecord(id, 1, new StoredRequest(sha256, answer).Write()), time.GetUtcNow() + KeptFor, CancellationToken.None);

    public Task ReleaseAsync(string id) => records.DeleteAsync(RecordKind.Request, id, CancellationToken.None);
}

/// <summary>What is kept of a request with an idempotency key: enough to recognise and to answer it again, and no secret.</summary>
/// <param name="Sha256">The digest of the body.</param>
/// <param name="Answer"><c>null</c> as long as the request runs.</param>
internal sealed record StoredRequest(string Sha256, StoredAnswer? Answer)
{
    public static StoredRequest Read(string json) => JsonSerializer.Deserialize<StoredRequest>(json, JsonSerializerOptions.Web)!;

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <summary>An answer in a form that can be stored and given again.</summary>
internal sealed record StoredAnswer(int Status, string? Location, string? ETag, JsonElement? Body)
{
    public static StoredAnswer Of(Answer answer, JsonSerializerOptions options)
    {
        var body = answer.Body is IShownOnce once ? once.WithoutSecret() : answer.Body;
        return new(answer.Status, answer.Location, answer.ETag, body is null ? null : JsonSerializer.SerializeToElement(body, body.GetType(), options));
    }

    public Answer Replay() => new(Status, Body) { Location = Location, ETag = ETag, IsReplayed = true };
}
