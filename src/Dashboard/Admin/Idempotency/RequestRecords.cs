using System.Security.Cryptography;
using System.Text;
using Eventicat.Control.Storage;

namespace Eventicat.Dashboard.Admin.Idempotency;

/// <summary>Requests by caller, path and idempotency key.</summary>
internal sealed class RequestRecords(IRecordStore records, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>Stores answer within seconds or not at all: whoever holds a reservation for longer is no more.</summary>
    private static readonly TimeSpan ReservedFor = TimeSpan.FromMinutes(1);

    /// <summary>A line break is in none of the parts, so that no two requests have one id.</summary>
    public static string IdOf(string token, string path, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{token}\n{path}\n{key}")));

    public Task<bool> TryReserveAsync(string id, string sha256, CancellationToken cancellationToken) => records.TryPutAsync(
        RecordKind.Request, new StoredRecord(id, 0, new StoredRequest(sha256, null).Write()), time.GetUtcNow() + ReservedFor, cancellationToken);

    /// <returns><c>null</c>: it has expired or was given up.</returns>
    public async Task<StoredRequest?> FindAsync(string id, CancellationToken cancellationToken) =>
        await records.FindAsync(RecordKind.Request, id, cancellationToken) is { } record ? StoredRequest.Read(record.Json) : null;

    public Task CompleteAsync(string id, string sha256, StoredAnswer answer) => records.TryPutAsync(
        RecordKind.Request, new StoredRecord(id, 1, new StoredRequest(sha256, answer).Write()), time.GetUtcNow() + KeptFor, CancellationToken.None);

    public Task ReleaseAsync(string id) => records.DeleteAsync(RecordKind.Request, id, CancellationToken.None);
}
