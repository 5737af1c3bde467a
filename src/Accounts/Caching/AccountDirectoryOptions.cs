namespace Eventicat.Accounts.Caching;

/// <summary>Bounds of <see cref="AccountDirectory"/>.</summary>
public sealed class AccountDirectoryOptions
{
    /// <value>How long cached accounts live on while the store does not answer, and only then. Zero or longer; default 5 minutes.</value>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromMinutes(5);

    /// <value>The most verified keys kept. Default 200,000, about 100 MB of typical accounts.</value>
    public int Capacity { get; set; } = 200_000;

    /// <value>The most unknown keys remembered as unknown. Default 20,000.</value>
    public int UnknownCapacity { get; set; } = 20_000;
}
