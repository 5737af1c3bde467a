using Microsoft.AspNetCore.Identity;

namespace Eventicat.Dashboard.SignIn;

/// <summary>The rules for passwords, and for how often somebody may guess them.</summary>
internal static class PasswordRules
{
    /// <summary>Only the length is required (NIST SP 800-63B section 5.1.1.2): rules on characters make people write passwords down.</summary>
    public const int MinLength = 12;

    /// <summary>A longer password is not more secure and takes longer to hash.</summary>
    public const int MaxLength = 128;

    /// <summary>OWASP's number for PBKDF2 with SHA-256; Identity uses SHA-512, which is slower still to guess.</summary>
    private const int Iterations = 600_000;

    private const int MaxFailures = 5;
    private static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(5);

    public static void Apply(IdentityOptions options)
    {
        options.Password = new PasswordOptions
        {
            RequiredLength = MinLength,
            RequiredUniqueChars = 5,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        options.Lockout.MaxFailedAccessAttempts = MaxFailures;
        options.Lockout.DefaultLockoutTimeSpan = LockoutTime;
        options.User.AllowedUserNameCharacters = "";
    }

    public static void Apply(PasswordHasherOptions options) => options.IterationCount = Iterations;
}
