using System.Globalization;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>What a writer has read of an account, and what it must find unchanged when it writes.</summary>
/// <param name="Document">The account's JSON; <c>null</c> when there is no account.</param>
/// <param name="Version">The epoch, or the trace of a deleted account, or <see cref="NeverThere"/>.</param>
internal readonly record struct RedisRecord(byte[]? Document, string Version)
{
    public const string NeverThere = "0";

    public long Epoch => long.Parse(Version, CultureInfo.InvariantCulture);
}
