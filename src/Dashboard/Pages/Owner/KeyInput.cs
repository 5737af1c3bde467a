using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Pages.Owner;

/// <summary>What somebody chooses for a new key.</summary>
internal sealed class KeyInput
{
    public string Name { get; set; } = "";

    public bool MayIngest { get; set; } = true;

    public bool MayRead { get; set; } = true;

    /// <value>0 for a key that never ends.</value>
    public int Days { get; set; }

    public KeySettings ToSettings(DateTimeOffset now) => new(
        Name,
        (MayIngest ? Scopes.Ingest : Scopes.None) | (MayRead ? Scopes.Read : Scopes.None),
        Days == 0 ? null : now.AddDays(Days));
}
