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
