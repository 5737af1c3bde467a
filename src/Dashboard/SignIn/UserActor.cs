using Eventicat.Control.Auditing;
using Eventicat.Control.Users;

namespace Eventicat.Dashboard.SignIn;

internal static class UserActor
{
    /// <summary>The user as the audit log names them.</summary>
    public static Actor ToActor(this User user) =>
        user.Role == UserRole.Operator ? Actor.Operator(user.Name.ToString()) : Actor.Owner(user.Name.ToString());
}
