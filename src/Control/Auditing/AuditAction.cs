namespace Eventicat.Control.Auditing;

/// <summary>The stable names of everything that leaves an entry.</summary>
public static class AuditAction
{
    public const string AccountCreate = "account.create";
    public const string AccountUpdate = "account.update";
    public const string AccountDelete = "account.delete";
    public const string AccountsImport = "accounts.import";
    public const string KeyCreate = "key.create";
    public const string KeyImport = "key.import";
    public const string KeyRegenerate = "key.regenerate";
    public const string KeyRevoke = "key.revoke";
    public const string KeyLeak = "key.leak";
    public const string AggregatorCreate = "aggregator.create";
    public const string AggregatorRename = "aggregator.rename";
    public const string AggregatorDelete = "aggregator.delete";
    public const string UserInvite = "user.invite";
    public const string UserDelete = "user.delete";
    public const string UserPassword = "user.password";
    public const string UserSignIn = "user.sign-in";
    public const string UserLockout = "user.lockout";
    public const string TokenCreate = "token.create";
    public const string TokenRevoke = "token.revoke";
}
