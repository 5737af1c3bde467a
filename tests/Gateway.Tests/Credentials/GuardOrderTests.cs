using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Gateway.Tests.Credentials;

public sealed class GuardOrderTests
{
    /// <summary>All other steps rest on what the decorator left: whatever stands before the guard would throw.</summary>
    [Fact]
    public async Task Pipeline_RequestPastTheDecorator_EndsAtTheGuard()
    {
        await using var app = GatewayApplication.Create([], static builder => builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Accounts:File"] = Path.Combine(Path.GetTempPath(), "no-such-accounts.json") }));
        var pipeline = ((IApplicationBuilder)app).Build();
        var context = new DefaultHttpContext { RequestServices = app.Services, Response = { Body = new MemoryStream() } };

        await pipeline(context);

        Assert.Equal(500, context.Response.StatusCode);
        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        Assert.Equal("""{"error":"Internal error"}""", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
