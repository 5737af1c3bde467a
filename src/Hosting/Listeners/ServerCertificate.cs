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
internal sealed class ServerCertificate(CertificateSource source, string key, TimeProvider time)
{
    /// <summary>Certificate and key are two files: between the two writes they do not fit each other.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly FileWatch[] _watches = [.. source.Files.Select(file => new FileWatch(file, time))];
    private SslStreamCertificateContext? _context;
    private byte[] _hash = [];
    private byte[] _unusable = [];
    private long? _brokenSince;

    /// <value>The setting that names it.</value>
    public string Key => key;

    /// <value>What was wrong at the last look; <c>null</c>: nothing.</value>
    public string? Problem { get; private set; }

    /// <value>Whether what is served is no longer what the files say, and that was told.</value>
    public bool IsBroken { get; private set; }

    /// <exception cref="InvalidOperationException">It could never be loaded.</exception>
    public SslStreamCertificateContext Context => Volatile.Read(ref _context) ?? throw new InvalidOperationException($"{key} was not loaded.");

    /// <summary>Looks at the files, and loads what has changed. Not for several threads at once.</summary>
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
        FileStamp?[] stamps = [.. source.Files.Select(FileStamp.Of)];
        byte[][] contents = [.. source.Files.Select(File.ReadAllBytes)];
        var hash = SHA256.HashData([.. contents.SelectMany(content => SHA256.HashData(content))]);
        var isNew = !hash.AsSpan().SequenceEqual(_hash);
        if (isNew)
        {
            if (hash.AsSpan().SequenceEqual(_unusable))
            {
                throw new CryptographicException(Problem);
            }

            _unusable = hash;
            Volatile.Write(ref _context, source.Load(contents));
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

    private Renewal Recover()
    {
        var wasBroken = IsBroken;
        (Problem, IsBroken, _brokenSince) = (null, false, null);
        return wasBroken ? Renewal.Mended : Renewal.Unchanged;
    }

    private Renewal Fail(Exception exception)
    {
        var now = time.GetTimestamp();
        _brokenSince ??= now;
        Problem = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
            UnauthorizedAccessException => "it may not be read.",
            _ => exception.Message.ReplaceLineEndings(" "),
        };
        if (IsBroken || _context is null || time.GetElapsedTime(_brokenSince.Value, now) < Grace)
        {
            return Renewal.Unchanged;
        }

        IsBroken = true;
        return Renewal.Broken;
    }
}
