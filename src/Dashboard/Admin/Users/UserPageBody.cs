namespace Eventicat.Dashboard.Admin.Users;

internal sealed record UserPageBody(IEnumerable<UserBody> Users, string? Next);
