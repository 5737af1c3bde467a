using System.IO.Hashing;
using System.Text.Json;
using Eventicat.Hosting.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Eventicat.Hosting.Configuration;

/// <summary>A JSON file with settings that need not exist and is read again when asked to.</summary>
internal sealed class WatchedJsonSource(string path) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new WatchedJsonProvider(path);
}

/// <summary>
/// Unlike the platform's own, it looks at the file it reads and not at the folder around it, follows links (a mounted
/// ConfigMap is changed by swapping one), and keeps the last good settings when the file is broken or gone.
/// </summary>
internal sealed class WatchedJsonProvider(string path) : ConfigurationProvider
{
    private readonly FileWatch _watch = new(path, TimeProvider.System);
    private UInt128? _seen;
    private string? _unusable;

    public string Path => path;

    /// <exception cref="InvalidConfigurationException">The file is not usable.</exception>
    public override void Load()
    {
        var (stamp, content) = Read();
        Data = content is null ? new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) : Parse(content);
        Remember(stamp, content);
    }

    /// <summary>Reads the file again if it was changed, and then tells everybody who listens for changes.</summary>
    /// <returns>Whether there was a change.</returns>
    /// <exception cref="InvalidConfigurationException">The file cannot be used, with each call as long as that is so; the settings are the last good ones.</exception>
    /// <exception cref="IOException">The file cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be looked at.</exception>
    /// <exception cref="AggregateException">Who was told could not use it.</exception>
    public bool TryReload()
    {
        try
        {
            if (!_watch.MayHaveChanged())
            {
                return _unusable is null ? false : throw new InvalidConfigurationException(_unusable);
            }

            var (stamp, content) = Read();
            var isNew = HashOf(content) != _seen;
            Remember(stamp, content);
            return isNew ? Take(content) : _unusable is null ? false : throw new InvalidConfigurationException(_unusable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _watch.Forget();
            throw;
        }
    }

    private bool Take(byte[]? content)
    {
        try
        {
            Data = Parse(content ?? throw new InvalidConfigurationException($"{path} is gone"));
            _unusable = null;
        }
        catch (InvalidConfigurationException exception)
        {
            _unusable = exception.Message;
            throw;
        }

        OnReload();
        return true;
    }

    private void Remember(FileStamp? stamp, byte[]? content)
    {
        _watch.Note(stamp);
        _seen = HashOf(content);
    }

    private (FileStamp? Stamp, byte[]? Content) Read()
    {
        try
        {
            using var file = FileWatch.Open(path);
            // Before reading: a change in between makes the stamp look old, and the file is read again.
            var stamp = FileStamp.Of(file.SafeFileHandle);
            using var content = new MemoryStream();
            file.CopyTo(content);
            return (stamp, content.ToArray());
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // To be read again however the file looks then: it may be as it was before.
            _watch.Forget();
            throw new InvalidConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private IDictionary<string, string?> Parse(byte[] content)
    {
        try
        {
            var parser = new Parser(new MemoryStream(content));
            parser.Load();
            return parser.Settings;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new InvalidConfigurationException($"{path} is not valid JSON: {exception.Message}", exception);
        }
    }

    private static UInt128? HashOf(byte[]? content) => content is null ? null : XxHash128.HashToUInt128(content);

    private sealed class Parser(Stream stream) : JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = stream })
    {
        public IDictionary<string, string?> Settings => Data;
    }
}
