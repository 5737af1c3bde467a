namespace Eventicat.Control.Users;

/// <param name="Sha256">Of the link's secret part, in hexadecimal digits; the secret itself is not kept.</param>
/// <param name="Expires">The first moment at which it no longer works.</param>
public sealed record InvitationRecord(string Sha256, DateTimeOffset Expires);
