namespace Eventicat.Control.Users;

/// <summary>
/// What somebody sets their first or next password with, once. <see cref="Secret"/> exists here only: it is shown once.
/// </summary>
public sealed record Invitation(UserName User, string Secret, DateTimeOffset Expires)
{
    /// <summary>The page of the dashboard that takes it.</summary>
    public string LinkFrom(Uri dashboard) =>
        new Uri(dashboard, $"welcome?user={Uri.EscapeDataString(User.ToString())}&code={Secret}").AbsoluteUri;

    public override string ToString() => $"invitation of {User}";
}

/// <param name="Sha256">Of the link's secret part, in hexadecimal digits; the secret itself is not kept.</param>
/// <param name="Expires">The first moment at which it no longer works.</param>
public sealed record InvitationRecord(string Sha256, DateTimeOffset Expires);
