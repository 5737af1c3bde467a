using System.Diagnostics.CodeAnalysis;

namespace Eventicat.Accounts.Operations;

/// <summary>What an operation gave, or why it was not done.</summary>
public sealed record OperationResult<T>
    where T : class
{
    internal OperationResult(T value) => Value = value;

    internal OperationResult(Denial denial) => Denial = denial;

    public T? Value { get; }

    public Denial? Denial { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Denial))]
    public bool Succeeded => Denial is null;

    internal OperationResult<TOther> Select<TOther>(Func<T, TOther> map)
        where TOther : class =>
        Succeeded ? new OperationResult<TOther>(map(Value)) : new OperationResult<TOther>(Denial);
}
