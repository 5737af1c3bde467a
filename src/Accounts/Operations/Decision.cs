namespace Eventicat.Accounts.Operations;

/// <summary>What a pure function makes of an account: a new state of it, or a denial.</summary>
internal readonly record struct Decision(Account? Account, Denial? Denial)
{
    public static implicit operator Decision(Account account) => new(account, null);

    public static implicit operator Decision(Denial denial) => new(null, denial);
}
