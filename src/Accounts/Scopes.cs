namespace Eventicat.Accounts;

/// <summary>What a key may do. A key without any scope may do nothing.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Send events.</summary>
    Ingest = 1,

    /// <summary>Read events back.</summary>
    Read = 2,

    All = Ingest | Read,
}
