using System.Diagnostics.CodeAnalysis;
using Eventicat.Accounts;
using Eventicat.Control.Auditing;

namespace Eventicat.Control.Operations;

/// <summary>On whose behalf an operation is done.</summary>
/// <param name="Actor">Goes into the audit log.</param>
/// <param name="Expected">The version that the actor has seen: if the account is another by now, nothing is done. <c>null</c>: whatever it is.</param>
public sealed record OperationContext(Actor Actor, AccountVersion? Expected = null);

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
