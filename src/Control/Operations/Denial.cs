namespace Eventicat.Control.Operations;

/// <summary>An error with a sentence that says which account, key or value it is about.</summary>
public sealed record Denial(OperationError Error, string Message);
