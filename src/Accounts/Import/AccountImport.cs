using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Documents;

namespace Eventicat.Accounts.Import;

/// <summary>
/// Stores accounts from NDJSON: one object a line, as in the accounts document. A line that is not valid or conflicts
/// is reported and left out; the others are stored. Repeating an import changes nothing.
/// </summary>
public sealed class AccountImport(IAccountStore store)
{
    /// <returns>One result for each line that is not blank. Their order is not the file's where lines failed.</returns>
    public async IAsyncEnumerable<ImportedLine> RunAsync(
        TextReader ndjson, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ndjson);
        // A store may read ahead on another thread.
        var invalid = new ConcurrentQueue<ImportedLine>();
        var valid = new ConcurrentQueue<long>();
        await foreach (var result in store.ApplyAsync(ReadAsync(ndjson, valid, invalid, cancellationToken), cancellationToken))
        {
            while (invalid.TryDequeue(out var line))
            {
                yield return line;
            }

            valid.TryDequeue(out var number);
            yield return new ImportedLine(number, result.Outcome, Describe(result));
        }

        foreach (var line in invalid)
        {
            yield return line;
        }
    }

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
