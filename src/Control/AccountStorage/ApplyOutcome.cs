namespace Eventicat.Control.AccountStorage;

public enum ApplyOutcome
{
    Created,
    Replaced,
    Unchanged,
    Conflict,
}
