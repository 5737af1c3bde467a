using Eventicat.Control.AccountStorage;

namespace Eventicat.Control.Import;

/// <summary>What became of one line of an import.</summary>
/// <param name="Number">Counted from 1, blank lines included.</param>
/// <param name="Outcome"><c>null</c> when the line could not be read.</param>
/// <param name="Error">Why nothing was stored, or <c>null</c>.</param>
public readonly record struct ImportedLine(long Number, ApplyOutcome? Outcome, string? Error);
