namespace Eventicat.Control.Storage;

/// <summary>Section <c>Control</c>.</summary>
public sealed class ControlOptions
{
    public const string Section = "Control";

    /// <value>
    /// The SQLite file with users, operator tokens, audit log and last use of keys. Empty (default): in Redis when the
    /// accounts are there, else <c>control.db</c> in the folder of the accounts file.
    /// </value>
    public string? Path { get; set; }
}
