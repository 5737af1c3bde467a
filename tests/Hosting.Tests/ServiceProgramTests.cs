using Eventicat.Hosting.Configuration;
using Eventicat.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Eventicat.Hosting.Tests;

public sealed class ServiceProgramTests
{
    [Fact]
    public async Task Run_ToldToStop_EndsWith0() =>
        Assert.Equal(0, await ServiceProgram.RunAsync(() => Create(new Stopping(fails: false))));

    [Fact]
    public async Task Run_ServiceFailsInTheBackground_EndsWith1() =>
        Assert.Equal(1, await ServiceProgram.RunAsync(() => Create(new Stopping(fails: true))));

    [Theory]
    [InlineData(typeof(InvalidConfigurationException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    [InlineData(typeof(System.Net.Sockets.SocketException))]
    public async Task Run_CannotStart_EndsWith1(Type failure) =>
        Assert.Equal(1, await ServiceProgram.RunAsync(() => throw (Exception)Activator.CreateInstance(failure)!));

    /// <summary>A defect keeps its stack.</summary>
    [Fact]
    public Task Run_AnythingElse_IsNotHidden() =>
        Assert.ThrowsAsync<NotSupportedException>(() => ServiceProgram.RunAsync(static () => throw new NotSupportedException()));

    private static Microsoft.AspNetCore.Builder.WebApplication Create(Stopping service) => ServiceHost.Create(
        new CapturedLog(),
        builder => builder.Services.AddHostedService(provider =>
        {
            service.Lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
            return service;
        }));

    /// <summary>Ends its program as soon as that has started.</summary>
    private sealed class Stopping(bool fails) : BackgroundService
    {
        public IHostApplicationLifetime? Lifetime { get; set; }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Eventually.TrueAsync(() => Lifetime!.ApplicationStarted.IsCancellationRequested);
            if (fails)
            {
                throw new InvalidOperationException("as it was told to");
            }

            Lifetime!.StopApplication();
        }
    }
}
