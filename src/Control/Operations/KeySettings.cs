using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>What the maker of a key chooses.</summary>
/// <param name="Name">What people call it; may be empty.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="Expires">The first moment at which it no longer works; <c>null</c> for never.</param>
public sealed record KeySettings(string Name = "", Scopes Scopes = Scopes.All, DateTimeOffset? Expires = null);
