using Eventicat.Gateway.Start;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.Gateway.Credentials;

/// <summary>The real server, with <see cref="CredentialApplication{TContext}"/> put between it and the host.</summary>
internal sealed class CredentialServer(IServer server, CredentialMover mover) : IServer
{
    public IFeatureCollection Features => server.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull =>
        server.StartAsync(new CredentialApplication<TContext>(application, mover), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();
}

/// <summary>
/// Stands between the server and the host: the host logs the query when it creates a request's context, which is
/// before any middleware.
/// </summary>
internal sealed class CredentialApplication<TContext>(IHttpApplication<TContext> application, CredentialMover mover)
    : IHttpApplication<TContext>
    where TContext : notnull
{
    public TContext CreateContext(IFeatureCollection contextFeatures)
    {
        mover.Move(contextFeatures);
        return application.CreateContext(contextFeatures);
    }

    public Task ProcessRequestAsync(TContext context) => application.ProcessRequestAsync(context);

    public void DisposeContext(TContext context, Exception? exception) => application.DisposeContext(context, exception);
}

/// <summary>Refuses to start when something replaced the decorated server: keys would reach the logs.</summary>
internal sealed class CredentialServerCheck(IServer server) : BeforeListening
{
    public override Task StartingAsync(CancellationToken cancellationToken) =>
        server is CredentialServer
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"The server is {server.GetType().Name}, not the one that takes keys out of URLs; refusing to start.");
}
