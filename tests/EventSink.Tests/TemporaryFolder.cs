namespace Eventicat.EventSink.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("eventicat-sink-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
