namespace Eventicat.Control.Users;

/// <summary>What a user may do in the dashboard.</summary>
public enum UserRole
{
    /// <summary>See and change one account.</summary>
    Owner,

    /// <summary>See and change every account, and users, tokens and the audit log.</summary>
    Operator,
}
