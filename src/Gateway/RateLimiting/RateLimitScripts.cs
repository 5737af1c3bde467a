using Eventicat.Accounts;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>The scripts beside this file, and the log that they share.</summary>
internal static class RateLimitScripts
{
    /// <summary>The hash tag puts the log into the slot of the account's record.</summary>
    public static RedisKey LogName(string prefix, AccountId account) => $"{prefix}:limit:{{{account}}}";

    public static string Load(string name)
    {
        using var stream = typeof(RateLimitScripts).Assembly.GetManifestResourceStream(typeof(RateLimitScripts), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
