using System.Diagnostics.Metrics;
using Eventicat.EventSink.Journal;
using Eventicat.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.EventSink.Tests;

/// <summary>The whole sink on a real Kestrel at a free port, with a folder of its own.</summary>
internal sealed class SinkHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private SinkHost(WebApplication app, TemporaryFolder folder, CapturedLog log)
    {
        (_app, _folder, Log) = (app, folder, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public CapturedLog Log { get; }

    public string Folder => _folder.Path;

    public IMeterFactory Meters => _app.Services.GetRequiredService<IMeterFactory>();

    /// <summary>Events that wait for the next group.</summary>
    public int Queued => _app.Services.GetRequiredService<EventJournal>().Queue.Count;

    public static async Task<SinkHost> StartAsync(
        Action<IServiceCollection>? services = null, params KeyValuePair<string, string?>[] settings)
    {
        var folder = new TemporaryFolder();
        var log = new CapturedLog();
        var app = EventSinkApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection([
                new("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:0"), new("Storage:Path", folder.Path),
                new("Shutdown:DrainDelay", "00:00:00"),
                // What a test reads in the log is about its requests.
                new("Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Warning")]);
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.AddSingleton<ILogEventSink>(log);
            services?.Invoke(builder.Services);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SinkHost(app, folder, log);
    }

    public Task<SinkAnswer> GetAsync(string path, string? requestId = null, string account = "acme", string aggregator = "agg_1") =>
        SendAsync(SinkRequest.Create(HttpMethod.Get, path, requestId, account, aggregator));

    public Task<SinkAnswer> PostAsync(string json, string? contentType = "application/json", string? requestId = null)
    {
        var request = SinkRequest.Create(HttpMethod.Post, "/api/event", requestId);
        request.Content = SinkRequest.Body(json, contentType);
        return SendAsync(request);
    }

    public async Task<SinkAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
            return await SinkAnswer.FromAsync(response);
        }
    }

    /// <summary>Names of the owner's events, newest first.</summary>
    public async Task<string[]> NamesAsync(string account = "acme", string aggregator = "agg_1") =>
        [.. (await GetAsync("/api/events?limit=1000", null, account, aggregator)).Events().Select(item => item.GetProperty("name").GetString()!)];

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
