using Eventicat.Accounts;

namespace Eventicat.Dashboard.Admin.Keys;

/// <summary>What a key may do, one at a time; the flags are no list.</summary>
internal enum KeyScope
{
    Ingest = Scopes.Ingest,
    Read = Scopes.Read,
}
