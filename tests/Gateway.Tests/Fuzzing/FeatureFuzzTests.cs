using Eventicat.Gateway.Credentials;
using Eventicat.Gateway.Requests;
using Eventicat.TestSupport;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Serilog.Core;

namespace Eventicat.Gateway.Tests.Fuzzing;

/// <summary>
/// What a server may hand up is more than what Kestrel does today. Whatever it is, the decorator leaves its proof and
/// throws nothing: an exception below the host ends in a stream without an answer.
/// </summary>
public sealed class FeatureFuzzTests
{
    private const int Seed = 20261125, Inputs = 5_000;

    private static readonly string?[] Texts =
    [
        null, "", "/", "*", "?", "#", "/api/event", "/api/event?_id=agg_1", "?_apikey=key", "?_apikey=", "_apikey=key", "/api?_apikey=key&_id=a", "?;_apikey=key", "?%", "?%5", "?_id=%", "?_apikey=%zz&&&", "http://", "http://x", "http://x?_apikey=key",
        "http:\\\\x", "x:80", "\0", "\u00e9", "\ud800", "\ud83d\ude00", "?_apikey=\ud800", "?\uffff=\u0000", " ", "/ ?_apikey=key ", "%2F", "//", "????", "?&_apikey=key", new string('a', 20_000), "?" + new string('&', 10_000), "?_apikey=" + new string('%', 5_000),
    ];

    private static readonly string?[] Authorizations = [null, "", "Bearer", "Bearer ", "Bearer key", "bearer\tkey", "Bearer key, Bearer key", "Basic x", "\ud800", "Bearer \u00e9", "Bearer " + new string('k', 10_000)];

    [Fact]
    public void Move_AnyFeatures_LeavesItsProofAndThrowsNothing()
    {
        var mover = new CredentialMover(TimeProvider.System, NullLogger<CredentialMover>.Instance);
        var random = new Random(Seed);
        for (var i = 0; i < Inputs; i++)
        {
            var features = Create(random);

            mover.Move(features);

            Assert.NotNull(features.Get<GatewayRequest>());
            Assert.False(HasKey(features.Get<IHttpRequestFeature>()?.QueryString), features.Get<IHttpRequestFeature>()?.QueryString);
        }
    }

    [Fact]
    public async Task Process_AnyFeatures_AnswersWithoutAnException()
    {
        var server = new HandedUp();
        var folder = Directory.CreateTempSubdirectory("gateway-test-");
        var log = new CapturedLog();
        await using var app = GatewayApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Accounts:File", Path.Combine(folder.FullName, "accounts.json"))]);
            builder.Services.AddSingleton(server);
            builder.Services.AddSingleton<IServer, HandedUpServer>();
            builder.Services.AddSingleton<ILogEventSink>(log);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var random = new Random(Seed);
        for (var i = 0; i < Inputs; i++)
        {
            var features = Create(random);
            if (features.Get<IHttpRequestFeature>() is not { } request || request.Path is not (null or "" or ['/', ..]) || request.Headers is null)
            {
                // The host itself can make no context of these.
                continue;
            }

            features.Set<IHttpResponseFeature>(new HttpResponseFeature());
            features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new MemoryStream()));

            await server.Process!(features);

            Assert.InRange(features.Get<IHttpResponseFeature>()!.StatusCode, 204, 499);
        }

        await app.StopAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        Assert.DoesNotContain("Exception", log.ToString(), StringComparison.Ordinal);
    }

    private static bool HasKey(string? query) =>
        query is ['?', .. var pairs] && pairs.Split('&').Any(pair => pair.StartsWith("_apikey=", StringComparison.OrdinalIgnoreCase));

    private static FeatureCollection Create(Random random)
    {
        var features = new FeatureCollection();
        if (random.Next(50) == 0)
        {
            return features;
        }

        var query = Pick(Texts);
        var request = new HttpRequestFeature
        {
            Method = Pick(["GET", "CONNECT", "", null])!,
            Scheme = Pick(["http", "", null])!,
            Protocol = Pick(["HTTP/1.1", "HTTP/2", "", null])!,
            Path = Pick(Texts)!,
            PathBase = Pick(["", "/base", null])!,
            // A query as Kestrel has it; others have it without its question mark, or none.
            QueryString = (random.Next(2) == 0 || query is null || query.StartsWith('?') ? query : "?" + query)!,
            RawTarget = Pick(Texts)!,
        };
        request.Headers = random.Next(50) == 0 ? null! : request.Headers;
        if (request.Headers is { } headers)
        {
            headers["Authorization"] = random.Next(3) == 0 ? new[] { Pick(Authorizations), Pick(Authorizations) } : Pick(Authorizations);
        }

        features.Set<IHttpRequestFeature>(request);
        return features;

        T Pick<T>(T[] from) => from[random.Next(from.Length)];
    }

    private sealed class HandedUp
    {
        public Func<IFeatureCollection, Task>? Process { get; set; }
    }

    /// <summary>A server that hands up what the test gives it.</summary>
    private sealed class HandedUpServer(HandedUp up) : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull
        {
            up.Process = async features =>
            {
                var context = application.CreateContext(features);
                await application.ProcessRequestAsync(context);
                application.DisposeContext(context, exception: null);
            };
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
