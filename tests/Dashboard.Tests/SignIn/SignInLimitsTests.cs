using System.Net;
using System.Threading.RateLimiting;
using Eventicat.Dashboard.SignIn;
using Microsoft.AspNetCore.RateLimiting;

namespace Eventicat.Dashboard.Tests.SignIn;

public sealed class SignInLimitsTests
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = Create();

    [Theory]
    [InlineData("/signin")]
    [InlineData("/SignIn")]
    [InlineData("/welcome")]
    public void TwentyFirstAttempt_OfOneAddress_IsRefused(string path)
    {
        Assert.All(Enumerable.Range(0, 20), _ => Assert.True(MayTry("POST", path, "203.0.113.9")));

        Assert.False(MayTry("POST", path, "203.0.113.9"));
        Assert.True(MayTry("POST", path, "203.0.113.10"));
        Assert.True(MayTry("GET", path, "203.0.113.9"));
    }

    [Fact]
    public void PagesForSigningIn_CountTogether()
    {
        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(MayTry("POST", "/signin", "203.0.113.9") && MayTry("POST", "/welcome", "203.0.113.9")));

        Assert.False(MayTry("POST", "/signin", "203.0.113.9"));
    }

    /// <summary>One person usually has all IPv6 addresses of a /64.</summary>
    [Fact]
    public void AddressesOfOneNetwork_CountTogether()
    {
        Assert.All(Enumerable.Range(1, 20), i => Assert.True(MayTry("POST", "/signin", $"2001:db8::{i}")));

        Assert.False(MayTry("POST", "/signin", "2001:db8::ffff"));
        Assert.True(MayTry("POST", "/signin", "2001:db8:0:1::1"));
    }

    [Theory]
    [InlineData("/signout")]
    [InlineData("/admin/v1/accounts")]
    [InlineData("/")]
    public void OtherPaths_AreNotLimited(string path) =>
        Assert.All(Enumerable.Range(0, 30), _ => Assert.True(MayTry("POST", path, "203.0.113.9")));

    private bool MayTry(string method, string path, string address)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        (context.Request.Method, context.Request.Path) = (method, path);
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<HttpContext> Create()
    {
        var options = new RateLimiterOptions();
        SignInLimits.Apply(options);
        return options.GlobalLimiter!;
    }
}
