using Eventicat.Control.Auditing;

namespace Eventicat.Control.Tests.Auditing;

/// <summary>Keeps entries in memory, and fails where it is told to.</summary>
internal sealed class RecordingAuditLog : IAuditLog
{
    public List<AuditEntry> Entries { get; } = [];

    public Exception? Failure { get; set; }

    /// <value>Runs before an entry is kept: what happens between a decision and its change.</value>
    public Func<Task>? BeforeAppend { get; set; }

    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        if (BeforeAppend is { } before)
        {
            BeforeAppend = null;
            await before();
        }

        Entries.Add(entry);
    }

    public Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new AuditPage([.. Entries.AsEnumerable().Reverse()], Next: null));
}
