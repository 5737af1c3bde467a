namespace Eventicat.TestSupport.Redis;

/// <summary>Something that runs a Redis on one fixed port and can treat it badly.</summary>
internal interface IRedisHost : IAsyncDisposable
{
    string Connection { get; }

    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Kills the server; what it held is gone.</summary>
    Task StopAsync();

    /// <summary>Freezes the server: connections stay open, nothing answers.</summary>
    Task PauseAsync();

    Task ResumeAsync();
}
