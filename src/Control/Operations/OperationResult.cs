using System.Diagnostics.CodeAnalysis;
using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>What an operation gave, or why it was not done.</summary>
public sealed record OperationResult<T>
    where T : class
{
    internal OperationResult(T value) => Value = value;

    internal OperationResult(Denial denial) => Denial = denial;

    public T? Value { get; }

    public Denial? Denial { get; }

    /// <value>The account as the operation left it, whatever it gives: its version is what the next change is made from.</value>
    public Account? Account { get; internal init; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Denial))]
    public bool Succeeded => Denial is null;

    internal OperationResult<TOther> Select<TOther>(Func<T, TOther> map)
        where TOther : class =>
        Succeeded ? new OperationResult<TOther>(map(Value)) { Account = Account } : new OperationResult<TOther>(Denial);
}
