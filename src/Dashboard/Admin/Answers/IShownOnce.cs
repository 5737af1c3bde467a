namespace Eventicat.Dashboard.Admin.Answers;

/// <summary>A body with a secret in it.</summary>
internal interface IShownOnce
{
    /// <summary>The same without: for everything but the one answer that shows it.</summary>
    object WithoutSecret();
}
