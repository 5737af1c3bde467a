using Eventicat.Gateway.Credentials;
using Eventicat.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eventicat.Gateway.Tests.Credentials;

public sealed class CredentialServerTests
{
    [Fact]
    public async Task Start_ServerNotDecorated_Throws()
    {
        await using var gateway = await GatewayHost.StartAsync("http://127.0.0.1:1");
        Assert.IsType<CredentialServer>(gateway.Services.GetRequiredService<IServer>());

        using var other = new BareServer();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new CredentialServerCheck(other).StartingAsync(TestContext.Current.CancellationToken));

        Assert.Contains(nameof(BareServer), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guard_RequestPastTheDecorator_Answers500AndDoesNotGoOn()
    {
        var passed = false;
        var guard = new CredentialGuardMiddleware(
            _ =>
            {
                passed = true;
                return Task.CompletedTask;
            },
            NullLogger<CredentialGuardMiddleware>.Instance);
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        await guard.InvokeAsync(context);

        Assert.Equal(500, context.Response.StatusCode);
        Assert.False(passed);
    }

    private sealed class BareServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
