using Eventicat.Accounts;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>The scripts beside this file, and the log that they share.</summary>
internal static class RateLimitScripts
{
    /// <summary>The hash tag puts the log into the slot of the account's record.</summary>
    public static RedisKey LogName(string prefix, AccountId account) => $"{prefix}:limit:{{{account}}}";

    /// <summary>
    /// A log and a record of nobody, for calls that try Redis out: no account has this id, and a user of Redis who may
    /// use accounts' logs may use these.
    /// </summary>
    public static RedisKey[] NobodysNames(string prefix) => [$"{prefix}:limit:{{.nobody}}", $"{prefix}:account:{{.nobody}}"];

    public static string Load(string name)
    {
        using var stream = typeof(RateLimitScripts).Assembly.GetManifestResourceStream(typeof(RateLimitScripts), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
