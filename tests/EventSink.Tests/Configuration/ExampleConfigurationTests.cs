using Eventicat.EventSink.Configuration;
using Eventicat.Hosting.Shutdown;
using Eventicat.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.EventSink.Tests.Configuration;

public sealed class ExampleConfigurationTests
{
    private static readonly ExampleConfiguration Example = new(
        "src/EventSink/appsettings.example.json", EventSinkConfiguration.AddSources, typeof(EventSinkApplication).Assembly.GetTypes(), [typeof(ShutdownOptions)]);

    [Fact]
    public void Example_ListsEveryKeyWithItsDefault() => Assert.Equal(Example.Defaults, Example.Listed);

    [Fact]
    public void Documentation_NamesEveryKey() => Assert.Equal([], Example.FindUndocumented());

    [Fact]
    public async Task Sink_StartsWithExample()
    {
        using var folder = new TemporaryFolder();
        await using var app = EventSinkApplication.Create([], builder =>
        {
            builder.Configuration.AddJsonFile(Example.Path);
            // The example's port may be taken, and its folder is in the working directory.
            builder.Configuration.AddInMemoryCollection([new("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:0"), new("Storage:Path", folder.Path), new("Shutdown:DrainDelay", "00:00:00")]);
            builder.Services.AddSingleton<ILogEventSink>(new CapturedLog());
        });

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Single(app.Urls);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
