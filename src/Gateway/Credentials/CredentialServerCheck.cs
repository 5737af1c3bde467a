using Eventicat.Gateway.Start;
using Microsoft.AspNetCore.Hosting.Server;

namespace Eventicat.Gateway.Credentials;

/// <summary>Refuses to start when something replaced the decorated server: keys would reach the logs.</summary>
internal sealed class CredentialServerCheck(IServer server) : BeforeListening
{
    public override Task StartingAsync(CancellationToken cancellationToken) =>
        server is CredentialServer
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"The server is {server.GetType().Name}, not the one that takes keys out of URLs; refusing to start.");
}
