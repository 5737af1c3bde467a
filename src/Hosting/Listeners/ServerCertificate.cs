using System.Net.Security;
using System.Security.Cryptography;
using Eventicat.Hosting.Files;

namespace Eventicat.Hosting.Listeners;

/// <summary>What looking at the files again has shown.</summary>
internal enum Renewal
{
    Unchanged,

    /// <summary>New handshakes get another certificate from now on.</summary>
    Renewed,

    /// <summary>The files have been unusable for long enough to say so.</summary>
    Broken,

    /// <summary>They are usable again.</summary>
    Mended,
}

/// <summary>
/// The certificate of a source as it was when it last could be loaded. Handshakes take it from here, so that a new one
/// closes neither listener nor connection.
/// </summary>
internal sealed class ServerCertificate
{
    /// <summary>Certificate and key are two files: between the two writes they do not fit each other.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CertificateSource _source;
    private readonly TimeProvider _time;
    private readonly FileWatch[] _watches;
    private readonly FileLook _look;
    private SslStreamCertificateContext? _context;
    private byte[] _hash = [];
    private byte[] _unusable = [];
    private long? _brokenSince;

    public ServerCertificate(CertificateSource source, string key, TimeProvider time)
    {
        (_source, Key, _time) = (source, key, time);
        _watches = [.. _source.Files.Select(file => new FileWatch(file, time))];
        _look = new FileLook(time);
    }

    /// <value>The setting that names it.</value>
    public string Key { get; }

    /// <value>What was wrong at the last look; <c>null</c>: nothing.</value>
    public string? Problem { get; private set; }

    /// <value>Whether what is served is no longer what the files say, and that was told.</value>
    public bool IsBroken { get; private set; }

    /// <value>Whether nobody knows what the files say.</value>
    public bool IsHanging => _look.IsHanging;

    /// <exception cref="InvalidOperationException">It could never be loaded.</exception>
    public SslStreamCertificateContext Context => Volatile.Read(ref _context) ?? throw new InvalidOperationException($"{Key} was not loaded.");

    /// <summary>Looks at the files, unless another thread is doing so.</summary>
    /// <param name="tell">Gets what was found.</param>
    public LookNews Tick(Action<Renewal> tell) => _look.Tick(() => tell(Look()));

    /// <summary>Loads what has changed. Not for several threads at once.</summary>
    public Renewal Look()
    {
        try
        {
            if (Problem is null && !Array.Exists(_watches, watch => watch.MayHaveChanged()))
            {
                return Renewal.Unchanged;
            }

            return Load() ? Renewal.Renewed : Recover();
        }
        // Whatever files can contain: a handshake must not fail for it, nor the process end.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Fail(exception);
        }
    }

    /// <returns>Whether it is another certificate than before.</returns>
    private bool Load()
    {
        // Before reading: what is written meanwhile is found by the next look.
        FileStamp?[] stamps = [.. _source.Files.Select(FileStamp.Of)];
        byte[][] contents = [.. _source.Files.Select(Read)];
        var hash = SHA256.HashData([.. contents.SelectMany(content => SHA256.HashData(content))]);
        var isNew = !hash.AsSpan().SequenceEqual(_hash);
        if (isNew)
        {
            if (hash.AsSpan().SequenceEqual(_unusable))
            {
                throw new CryptographicException(Problem);
            }

            _unusable = hash;
            Volatile.Write(ref _context, _source.Load(contents));
            (_hash, _unusable) = (hash, []);
        }

        for (var i = 0; i < stamps.Length; i++)
        {
            _watches[i].Note(stamps[i]);
        }

        if (isNew)
        {
            Recover();
        }

        return isNew;
    }

    private static byte[] Read(string path)
    {
        using var file = FileWatch.Open(path);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private Renewal Recover()
    {
        var wasBroken = IsBroken;
        (Problem, IsBroken, _brokenSince) = (null, false, null);
        return wasBroken ? Renewal.Mended : Renewal.Unchanged;
    }

    private Renewal Fail(Exception exception)
    {
        var now = _time.GetTimestamp();
        _brokenSince ??= now;
        Problem = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
            UnauthorizedAccessException => "it may not be read.",
            _ => exception.Message.ReplaceLineEndings(" "),
        };
        if (IsBroken || _context is null || _time.GetElapsedTime(_brokenSince.Value, now) < Grace)
        {
            return Renewal.Unchanged;
        }

        IsBroken = true;
        return Renewal.Broken;
    }
}
