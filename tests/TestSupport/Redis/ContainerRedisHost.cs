using System.Globalization;
using Testcontainers.Redis;

namespace Eventicat.TestSupport.Redis;

/// <summary>A server in a container, on a fixed host port so that it comes back where it was.</summary>
internal sealed class ContainerRedisHost : IRedisHost
{
    private const string Image = "redis:8";
    private const ushort ServerPort = 6379;

    /// <summary>An engine may answer and yet be unable to get the image: that counts as no engine, not as a hang.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);

    private readonly int _port = FreePort.Find();
    private readonly RedisContainer _container;

    private ContainerRedisHost() =>
        _container = new RedisBuilder(Image)
            .WithPortBinding(_port, ServerPort)
            .WithCommand("redis-server", "--save", "", "--appendonly", "no", "--protected-mode", "no")
            .Build();

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"{_container.Hostname}:{_port}");

    public static async Task<IRedisHost?> TryStartAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartDeadline);
        try
        {
            var host = new ContainerRedisHost();
            await host.StartAsync(deadline.Token);
            return host;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // No engine, no image, no permission: the library has no common type for them, and the next choice serves as well.
            return null;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => _container.StartAsync(cancellationToken);

    public Task StopAsync() => _container.StopAsync();

    public Task PauseAsync() => _container.PauseAsync();

    public Task ResumeAsync() => _container.UnpauseAsync();

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
