namespace Eventicat.TestSupport.Redis;

internal sealed class RedisDidNotStartException(string message) : Exception(message);
