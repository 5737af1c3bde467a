using System.Buffers;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Eventicat.Redis;

/// <summary>Section <c>Redis</c>.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <value>StackExchange.Redis configuration (<c>host:port,password=…,serviceName=…</c>); empty (default): no Redis.</value>
    public string? Connection { get; set; }

    /// <value>First part of every key's name, so that deployments can share a Redis. Default <c>eventicat</c>.</value>
    public string Prefix { get; set; } = "eventicat";
}

internal sealed class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    private const int MaxPrefixLength = 64;

    /// <summary>Without braces, which would move every key to one slot, and without the characters of SCAN's patterns.</summary>
    private static readonly SearchValues<char> PrefixCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:");

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var errors = new List<string>();
        if (options.Prefix.Length is 0 or > MaxPrefixLength || options.Prefix.AsSpan().ContainsAnyExcept(PrefixCharacters))
        {
            errors.Add($"Redis:Prefix must be 1 to {MaxPrefixLength} letters, digits, '_', '-', '.' or ':', not '{options.Prefix}'.");
        }

        if (!string.IsNullOrEmpty(options.Connection) && !IsValid(options.Connection))
        {
            // Not with its value: it may hold a password.
            errors.Add(options.Connection.Contains("://", StringComparison.Ordinal)
                ? "Redis:Connection must not be a URL: write 'host:6379,user=…,password=…', with 'ssl=true' for TLS."
                : "Redis:Connection is not a StackExchange.Redis configuration such as 'host:6379,password=…'.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsValid(string connection)
    {
        try
        {
            // A URL would be taken for the name of a host.
            return !connection.Contains("://", StringComparison.Ordinal) && ConfigurationOptions.Parse(connection).EndPoints.Count > 0;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
