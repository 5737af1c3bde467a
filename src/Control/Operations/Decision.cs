using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>What a pure function makes of an account: a new state of it, nothing of it, or a denial.</summary>
internal readonly record struct Decision(Account? Account, Denial? Denial)
{
    /// <summary>The account shall not exist.</summary>
    public static readonly Decision Delete;

    public static implicit operator Decision(Account account) => new(account, null);

    public static implicit operator Decision(Denial denial) => new(null, denial);
}
