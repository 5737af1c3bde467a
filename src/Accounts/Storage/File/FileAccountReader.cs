using Eventicat.Accounts.Storage.Documents;
using Eventicat.Hosting.Files;
using Microsoft.Extensions.Logging;

namespace Eventicat.Accounts.Storage.File;

/// <summary>
/// Accounts in one JSON document that a platform team may edit and keep in version control. Reads are from memory: the
/// last good state of the file, kept current by looking at it four times a second, since an event that is not told would
/// keep a revoked key alive. An account's epoch is the number of times this process had loaded the document when the
/// account last changed.
/// </summary>
public sealed partial class FileAccountReader : IAccountReader, IStoreHealth, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly AccountFile _file;
    private readonly FileWatch _watch;
    private readonly AccountDocumentReader _documents = new();
    private readonly ILogger _logger;
    private readonly FileLook _look;
    private readonly ITimer _timer;
    private volatile AccountIndex? _index;
    private volatile StoreHealth _health = StoreHealth.Unreached;
    private UInt128? _seenHash;
    private string? _seenFault;
    private long _epoch;

    public FileAccountReader(string path, TimeProvider time, ILogger<FileAccountReader> logger)
    {
        _file = new AccountFile(path);
        _watch = new FileWatch(_file.Path, time);
        _logger = logger;
        _look = new FileLook(time);
        // Before the first look, which may be the one that hangs.
        _timer = time.CreateTimer(static self => ((FileAccountReader)self!).Tick(), this, Interval, Interval);
        Tick();
    }

    public string Path => _file.Path;

    /// <inheritdoc cref="AccountFile.Target"/>
    public string Target => _file.Target;

    public StoreHealth Health => _look.IsHanging
        ? new StoreHealth(_index is null ? StoreState.Unreached : StoreState.Degraded, $"The accounts file '{_file.Path}' does not answer")
        : _health;

    /// <exception cref="AccountStoreUnavailableException">The file has never been readable.</exception>
    public AccountIndex Current => _index ?? throw new AccountStoreUnavailableException(_health.Reason!);

    public ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken) => new(Current.FindByKey(digest));

    public ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken) => new(Current.Find(id));

    public ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken) => new(Current.FindEpoch(id));

    /// <summary>The state on disk now, for a writer that holds the lock.</summary>
    /// <exception cref="AccountStoreUnavailableException">The file is broken: replacing it would lose what it says.</exception>
    public AccountIndex ReadForChange()
    {
        lock (_gate)
        {
            if (_file.Read() is not { } image)
            {
                return new AccountIndex([], _epoch);
            }

            Take(image);
            return _seenFault is null ? _index! : throw new AccountStoreUnavailableException(_seenFault);
        }
    }

    /// <summary>Takes over a new state as soon as the writer, which holds the lock, has put it on disk. Nothing is read meanwhile.</summary>
    /// <param name="accounts">The new state.</param>
    /// <param name="write">Replaces the file by its argument.</param>
    public AccountIndex TakeOver(IReadOnlyCollection<Account> accounts, Action<byte[]> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        lock (_gate)
        {
            var index = new AccountIndex(accounts, _epoch + 1, _index);
            var content = AccountDocument.Write(accounts);
            write(content);
            (_index, _epoch) = (index, index.Epoch);
            (_seenHash, _seenFault) = (new FileImage(default, content).Hash, null);
            _watch.Forget();
            Report(null);
            return index;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        switch (_look.Tick(Check))
        {
            case LookNews.Hangs:
                Log.Hangs(_logger, _file.Path, FileLook.Patience);
                break;
            case LookNews.Returned:
                Log.Answers(_logger, _file.Path);
                break;
        }
    }

    private void Check()
    {
        lock (_gate)
        {
            try
            {
                if (!_watch.MayHaveChanged())
                {
                    return;
                }

                var image = _file.Read();
                // Reading a large document as accounts takes longer than any file system may.
                _look.Answered();
                if (image is not null)
                {
                    Take(image);
                }
                else
                {
                    TakeMissing();
                }
            }
            catch (Exception exception)
            {
                // Whatever it is, lack of memory too: an exception in a timer's callback would end the program.
                _watch.Forget();
                Report($"The accounts file '{_file.Path}' cannot be read: {exception.Message}");
            }
        }
    }

    private void Take(FileImage image)
    {
        if (image.Hash != _seenHash)
        {
            _seenHash = image.Hash;
            var accounts = _documents.Read(image.Content, out var errors);
            _seenFault = errors.Count == 0 ? null : $"The accounts file '{_file.Path}' is broken: {string.Join("; ", errors)}";
            if (_seenFault is null)
            {
                _index = new AccountIndex(accounts, ++_epoch, _index);
                Log.Loaded(_logger, _file.Path, accounts.Count);
            }
        }

        _watch.Note(image.Stamp);
        Report(_seenFault);
    }

    private void TakeMissing()
    {
        _watch.Note(null);
        if (_seenHash is not null)
        {
            // It was there before: an unmounted volume or a careless move must not lock everybody out.
            Report($"The accounts file '{_file.Path}' is gone");
        }
        else if (_index is null)
        {
            _index = new AccountIndex([], _epoch);
            Log.Missing(_logger, _file.Path);
            Report(null);
        }
    }

    private void Report(string? fault)
    {
        if (fault == _health.Reason)
        {
            return;
        }

        if (fault is null)
        {
            _health = StoreHealth.Healthy;
            return;
        }

        if (_index is not null)
        {
            // Otherwise whoever opened the file is told, and does not start.
            Log.Fault(_logger, fault);
        }

        _health = new StoreHealth(_index is null ? StoreState.Unreached : StoreState.Degraded, fault);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "AccountsLoaded",
            Message = "Loaded {Count} accounts from {Path}")]
        public static partial void Loaded(ILogger logger, string path, int count);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "AccountsMissing",
            Message = "There is no accounts file {Path}: no account exists until there is one")]
        public static partial void Missing(ILogger logger, string path);

        [LoggerMessage(Level = LogLevel.Error, EventName = "AccountsFault",
            Message = "{Fault}. What was read before stays in use")]
        public static partial void Fault(ILogger logger, string fault);

        [LoggerMessage(Level = LogLevel.Error, EventName = "AccountsHang",
            Message = "The accounts file {Path} has not answered for {Patience}. What it says now is not known, what was read before stays in use")]
        public static partial void Hangs(ILogger logger, string path, TimeSpan patience);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "AccountsAnswer",
            Message = "The accounts file {Path} answers again")]
        public static partial void Answers(ILogger logger, string path);
    }
}
