using Eventicat.Accounts;
using Eventicat.Gateway.Usage.Counting;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Usage.Storing.Redis;

/// <summary>Usage in Redis, shared by all gateways.</summary>
internal sealed class RedisUsageStore(RedisConnection connection, TimeProvider time) : IUsageStore
{
    /// <summary>On the same connection as the limiter's calls, which must not wait behind many of these.</summary>
    private const int ChunkSize = 100;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    private readonly RedisUsageWriter _writer = new(new RedisUsageNames(connection.Prefix));
    private readonly RedisUsageReader _reader = new(new RedisUsageNames(connection.Prefix));

    public async Task<UsageWriteResult> AddAsync(IReadOnlyCollection<AccountUsage> usage, CancellationToken cancellationToken)
    {
        if (usage.Count == 0)
        {
            return UsageWriteResult.Stored;
        }

        var database = await TryReachAsync(cancellationToken);
        var rest = new List<AccountUsage>();
        var lost = 0;
        foreach (var chunk in usage.Chunk(ChunkSize))
        {
            if (database is null || !await TryNoteUrlKeysAsync(database, chunk, cancellationToken))
            {
                // What hangs for one would hang for each that follows. A refusal costs nothing, and in a cluster may be one
                // server's alone.
                database = null;
                rest.AddRange(chunk);
                continue;
            }

            var outcomes = await WriteAsync(database, chunk, cancellationToken);
            rest.AddRange(chunk.Where((_, i) => outcomes[i] == RedisUsageCall.NotRun));
            lost += outcomes.Count(outcome => outcome is RedisUsageCall.Unknown or RedisUsageCall.Broken);
            database = outcomes.Contains(RedisUsageCall.Unknown) ? null : database;
        }

        return new UsageWriteResult(rest, lost);
    }

    public Task<UsageHistory> ReadAsync(AccountId account, CancellationToken cancellationToken) =>
        AskAsync(database => _reader.ReadAsync(database, account, Now() / 60), cancellationToken);

    public Task<IReadOnlyList<UrlKeyUse>> ListUrlKeysAsync(UrlKeyUse? after, int limit, CancellationToken cancellationToken) =>
        AskAsync(database => _reader.ListUrlKeysAsync(database, after, limit, Now()), cancellationToken);

    /// <summary>Asked before anything is sent: a call without an answer may have counted or not, and is not repeated.</summary>
    private async Task<IDatabase?> TryReachAsync(CancellationToken cancellationToken)
    {
        try
        {
            var database = await connection.GetDatabaseAsync(cancellationToken).AsTask().WaitAsync(Deadline, time, cancellationToken);
            await database.PingAsync().WaitAsync(Deadline, time, cancellationToken);
            return database;
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            return null;
        }
    }

    private async Task<bool> TryNoteUrlKeysAsync(IDatabase database, AccountUsage[] chunk, CancellationToken cancellationToken)
    {
        try
        {
            await _writer.NoteUrlKeysAsync(database, chunk, Now()).WaitAsync(Deadline, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            return false;
        }
    }

    private async Task<RedisUsageCall[]> WriteAsync(IDatabase database, AccountUsage[] chunk, CancellationToken cancellationToken)
    {
        var calls = Array.ConvertAll(chunk, usage => _writer.WriteAsync(database, usage));
        var all = Task.WhenAll(calls);
        try
        {
            await all.WaitAsync(Deadline, time, cancellationToken);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            // Each call is looked at below. One that fails later must not surface as unobserved.
            _ = all.ContinueWith(static late => _ = late.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return Array.ConvertAll(calls, RedisUsageCalls.Of);
    }

    private async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var database = await connection.GetDatabaseAsync(cancellationToken).AsTask().WaitAsync(Deadline, time, cancellationToken);
            return await ask(database).WaitAsync(Deadline, time, cancellationToken);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw new UsageStoreUnavailableException(exception);
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
