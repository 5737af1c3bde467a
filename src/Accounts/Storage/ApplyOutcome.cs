namespace Eventicat.Accounts.Storage;

public enum ApplyOutcome
{
    Created,
    Replaced,
    Unchanged,
    Conflict,
}
