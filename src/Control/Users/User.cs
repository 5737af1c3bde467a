using Eventicat.Accounts;

namespace Eventicat.Control.Users;

/// <summary>
/// Somebody who may sign in to the dashboard. Mutable, because ASP.NET Core Identity changes users step by step before
/// it stores them; what is stored is compared and set by <see cref="Version"/>.
/// </summary>
public sealed class User
{
    public required UserName Name { get; init; }

    public required UserRole Role { get; set; }

    /// <value>Whose owner this is; <c>null</c> for an operator.</value>
    public AccountId? Account { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset? LastSignIn { get; set; }

    /// <value><c>null</c> until an invitation was accepted.</value>
    public string? PasswordHash { get; set; }

    /// <value>Changes with the password and the role: sessions of before end.</value>
    public string SecurityStamp { get; set; } = "";

    public int FailedSignIns { get; set; }

    public DateTimeOffset? LockoutEnd { get; set; }

    /// <value>The open invitation; <c>null</c> once it was accepted.</value>
    public InvitationRecord? Invitation { get; set; }

    /// <value>Of the stored record; 0 before it is stored.</value>
    public long Version { get; set; }
}

/// <summary>What a user may do in the dashboard.</summary>
public enum UserRole
{
    /// <summary>See and change one account.</summary>
    Owner,

    /// <summary>See and change every account, and users, tokens and the audit log.</summary>
    Operator,
}
