namespace Eventicat.Cli.Verify;

internal enum CheckOutcome
{
    Ok,

    /// <summary>Works, and deserves a look.</summary>
    Warning,

    Failed,

    /// <summary>Something that it needs was not given.</summary>
    Skipped,
}
