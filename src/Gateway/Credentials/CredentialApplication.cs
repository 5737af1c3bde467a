using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.Gateway.Credentials;

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
