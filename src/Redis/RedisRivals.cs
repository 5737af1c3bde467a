using Microsoft.Extensions.Logging;

namespace Eventicat.Redis;

/// <summary>Says once that several servers say that they are the primary, and once that it is over.</summary>
internal sealed partial class RedisRivals(RedisConnection connection, ILogger logger)
{
    private bool _isSaid;

    /// <summary>To be called after each look at the servers.</summary>
    public void Compare()
    {
        var rivals = connection.Rivals;
        if (rivals is not null && !_isSaid)
        {
            Log.Rivals(logger, rivals, RedisCause.TwoPrimaries.Describe());
        }
        else if (rivals is null && _isSaid)
        {
            Log.NoRivals(logger);
        }

        _isSaid = rivals is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "RedisTwoPrimaries",
            Message = "{Addresses} of Redis:Connection each say that they are the primary, or said so last. The one in use is kept; where none was in use, none is taken. {Remedy}")]
        public static partial void Rivals(ILogger logger, string addresses, string remedy);

        [LoggerMessage(Level = LogLevel.Information, EventName = "RedisOnePrimary",
            Message = "Of the servers of Redis:Connection one alone is the primary again")]
        public static partial void NoRivals(ILogger logger);
    }
}
