using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Documents;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;

namespace Eventicat.Control.Import;

/// <summary>
/// Stores accounts from NDJSON: one object a line, as in the accounts document. A line that is not valid or conflicts
/// is reported and left out; the others are stored. Repeating an import changes nothing. The audit log gets an entry
/// when it starts and one when it ends, not one for each account.
/// </summary>
public sealed class AccountImport(IAccountStore store, IAuditLog audit, TimeProvider time)
{
    /// <returns>One result for each line that is not blank. Their order is not the file's where lines failed.</returns>
    public async IAsyncEnumerable<ImportedLine> RunAsync(
        Actor actor, TextReader ndjson, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(ndjson);
        await AuditAsync(actor, "started", cancellationToken);
        var stored = 0L;

        // A store may read ahead on another thread.
        var invalid = new ConcurrentQueue<ImportedLine>();
        var valid = new ConcurrentQueue<long>();
        await foreach (var result in store.ApplyAsync(ReadAsync(ndjson, valid, invalid, cancellationToken), cancellationToken))
        {
            while (invalid.TryDequeue(out var line))
            {
                yield return line;
            }

            stored += result.Outcome is ApplyOutcome.Created or ApplyOutcome.Replaced ? 1 : 0;
            valid.TryDequeue(out var number);
            yield return new ImportedLine(number, result.Outcome, Describe(result));
        }

        foreach (var line in invalid)
        {
            yield return line;
        }

        await AuditAsync(actor, string.Create(CultureInfo.InvariantCulture, $"ended, {stored} created or replaced"), cancellationToken);
    }

    private Task AuditAsync(Actor actor, string detail, CancellationToken cancellationToken) => audit.AppendAsync(
        new AuditEntry(time.GetUtcNow(), actor.ToString(), AuditAction.AccountsImport, Detail: detail), cancellationToken);

    private static string? Describe(ApplyResult result) =>
        result.Outcome == ApplyOutcome.Conflict ? $"another account already has '{result.Conflict}'" : null;

    private static async IAsyncEnumerable<Account> ReadAsync(
        TextReader ndjson, ConcurrentQueue<long> valid, ConcurrentQueue<ImportedLine> invalid, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1L; await ndjson.ReadLineAsync(cancellationToken) is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (AccountDocument.ReadOne(Encoding.UTF8.GetBytes(text), out var errors) is { } account)
            {
                valid.Enqueue(number);
                yield return account;
            }
            else
            {
                invalid.Enqueue(new ImportedLine(number, null, string.Join("; ", errors)));
            }
        }
    }
}

/// <summary>What became of one line of an import.</summary>
/// <param name="Number">Counted from 1, blank lines included.</param>
/// <param name="Outcome"><c>null</c> when the line could not be read.</param>
/// <param name="Error">Why nothing was stored, or <c>null</c>.</param>
public readonly record struct ImportedLine(long Number, ApplyOutcome? Outcome, string? Error);
