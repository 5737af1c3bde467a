using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>The accounts whose records cannot be read. Each is named in the log once until it is mended; no key is, nor what is stored.</summary>
internal sealed partial class BrokenRecords(ILogger logger)
{
    /// <summary>Somebody who spoils more than these is not to fill the log and memory.</summary>
    private const int Most = 1000;

    private readonly ConcurrentDictionary<AccountId, bool> _known = new();
    private int _count;
    private int _isFull;

    public void Found(AccountId account, string reason)
    {
        if (_known.ContainsKey(account))
        {
            return;
        }

        if (Volatile.Read(ref _count) >= Most)
        {
            if (Interlocked.Exchange(ref _isFull, 1) == 0)
            {
                Log.Many(logger, Most);
            }
        }
        else if (_known.TryAdd(account, true))
        {
            Interlocked.Increment(ref _count);
            Log.Broken(logger, account.ToString(), reason);
        }
    }

    /// <summary>This one can be read, or is gone. Costs nothing while none is broken.</summary>
    public void Read(AccountId account)
    {
        if (Volatile.Read(ref _count) > 0 && _known.TryRemove(account, out _))
        {
            Interlocked.Decrement(ref _count);
            Volatile.Write(ref _isFull, 0);
            Log.Mended(logger, account.ToString());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "AccountBroken",
            Message = "What Redis holds of account {Account} cannot be read ({Reason}): see who wrote it, then restore the account or import it again. Its keys are refused as soon as they are not cached")]
        public static partial void Broken(ILogger logger, string account, string reason);

        [LoggerMessage(Level = LogLevel.Error, EventName = "AccountsBroken", Message = "More than {Most} accounts in Redis cannot be read; no more are named")]
        public static partial void Many(ILogger logger, int most);

        [LoggerMessage(Level = LogLevel.Information, EventName = "AccountMended", Message = "What Redis holds of account {Account} can be read again")]
        public static partial void Mended(ILogger logger, string account);
    }
}
