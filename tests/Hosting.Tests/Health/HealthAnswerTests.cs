using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Hosting.Tests.Health;

public sealed class HealthAnswerTests
{
    [Fact]
    public async Task Live_DependsOnNothing()
    {
        await using var service = await StartAsync(static _ => throw new InvalidOperationException("secret"));

        Assert.Equal((HttpStatusCode.OK, """{"status":"live"}"""), await AskAsync(service, "live"));
    }

    [Fact]
    public async Task Ready_HasAMemberForEachDependency()
    {
        await using var service = await StartAsync(static _ => HealthCheckResult.Healthy());

        Assert.Equal(
            (HttpStatusCode.OK, """{"status":"ready","listeners":"ok","lifetime":"running","log":"ok","store":"ok"}"""),
            await AskAsync(service, "ready"));
    }

    [Theory]
    [InlineData(HealthStatus.Degraded, "degraded", "degraded", HttpStatusCode.OK)]
    [InlineData(HealthStatus.Unhealthy, "unavailable", "failed", HttpStatusCode.ServiceUnavailable)]
    public async Task Ready_DependencyNotWell_SaysWhich(HealthStatus status, string expected, string member, HttpStatusCode code)
    {
        await using var service = await StartAsync(_ => new HealthCheckResult(status));

        var (answered, body) = await AskAsync(service, "ready");

        Assert.Equal(code, answered);
        Assert.Contains($"\"status\":\"{expected}\"", body, StringComparison.Ordinal);
        Assert.Contains($"\"store\":\"{member}\"", body, StringComparison.Ordinal);
    }

    /// <summary>The platform takes its message for a description.</summary>
    [Fact]
    public async Task Ready_CheckThatThrows_DoesNotShowWhy()
    {
        await using var service = await StartAsync(static _ => throw new InvalidOperationException("secret"));

        var (status, body) = await AskAsync(service, "ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("\"store\":\"failed\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    private static Task<ServiceHost> StartAsync(Func<CancellationToken, HealthCheckResult> check) =>
        ServiceHost.StartAsync(builder => builder.Services.AddHealthChecks().AddCheck("store", check));

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(ServiceHost service, string probe)
    {
        using var response = await service.Management.GetAsync(new Uri($"/health/{probe}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
