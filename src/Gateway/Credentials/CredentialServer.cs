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
