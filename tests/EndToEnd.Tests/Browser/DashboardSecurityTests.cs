using System.Net;
using Microsoft.Playwright;

namespace Eventicat.EndToEnd.Tests.Browser;

public sealed class DashboardSecurityTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    private static readonly string[] OwnersPages = ["", "/aggregators", "/usage", "/events", "/try"];
    private static readonly string[] OperatorsPages = ["/accounts", "/users", "/tokens", "/audit", "/url-keys"];

    [Fact]
    public async Task Owner_ReachesNothingOfAnotherAccountNorOfOperators()
    {
        await site.CreateOwnerAsync("mine", "mia");
        await using var browser = await site.OpenAsync();
        await DashboardSite.SignInAsync(browser.Page, "mia");

        foreach (var path in OwnersPages.Select(page => $"/accounts/demo{page}").Concat(OperatorsPages))
        {
            await browser.GoAsync(path);
            await Assertions.Expect(browser.Page.Locator("h1")).ToHaveTextAsync("Not found");
            Assert.DoesNotContain("Demo", await browser.Page.ContentAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain(site.Aggregator, await browser.Page.ContentAsync(), StringComparison.Ordinal);
        }

        foreach (var page in OwnersPages)
        {
            await browser.GoAsync($"/accounts/mine{page}");
            await Assertions.Expect(browser.Page.Locator("h1")).Not.ToHaveTextAsync("Not found");
        }
    }

    [Fact]
    public async Task DeletedUser_IsOutOfAnOpenPageWithTheNextClick()
    {
        await site.CreateOwnerAsync("soon", "sam");
        await using var browser = await site.OpenAsync();
        await DashboardSite.SignInAsync(browser.Page, "sam");
        await browser.GoAsync("/accounts/soon/aggregators");

        await site.CliAsync("user", "delete", "sam", "--yes");
        await browser.Page.GetByLabel("Name").FillAsync("too late");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Create aggregator" }).ClickAsync();

        await Assertions.Expect(browser.Page.GetByText("no longer have access").Or(browser.Page.GetByText("Sign in")).First).ToBeVisibleAsync();
        Assert.DoesNotContain("too late", await site.CliAsync("account", "show", "soon"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_WithMarkup_AreInert()
    {
        const string Markup = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>";
        await site.CliAsync("account", "create", "markup", "--name", Markup);
        var key = System.Text.Json.JsonElement.Parse(await site.CliAsync("key", "create", "markup", "--name", Markup)).GetProperty("key").GetString()!;
        await site.CliAsync("aggregator", "create", "markup", "--id", "agg_markup", "--name", Markup);
        Assert.Equal(200, await site.SendAsync(key, "agg_markup", Markup));
        await using var browser = await site.OpenAsOperatorAsync();

        foreach (var path in OwnersPages.Select(page => $"/accounts/markup{page}").Append("/accounts").Append("/audit"))
        {
            await browser.GoAsync(path);
            Assert.False(await browser.Page.EvaluateAsync<bool>("'hacked' in window || document.querySelector('img[src=x]') !== null"), path);
        }

        await browser.GoAsync("/accounts/markup/events");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Cell, new() { Name = Markup })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Cookies_AreBoundToTheHostSecureAndOutOfReachOfScripts()
    {
        await using var browser = await site.OpenAsOperatorAsync();

        var cookies = await browser.Context.CookiesAsync();

        Assert.Equal(["__Host-eventicat", "__Host-eventicat-form"], cookies.Select(cookie => cookie.Name).Order());
        Assert.All(cookies, cookie => Assert.True(cookie is { Secure: true, HttpOnly: true, Path: "/" }));
        Assert.Equal("", await browser.Page.EvaluateAsync<string>("document.cookie"));
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/health/live")]
    [InlineData("/accounts")]
    [InlineData("/nothing")]
    [InlineData("/dashboard.js")]
    public async Task Answers_CarrySecurityHeaders(string path)
    {
        using var client = NewClient();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/signin", "_handler=signin&Input.Name=admin&Input.Password=x")]
    [InlineData("/welcome", "_handler=welcome&Input.Password=x&Input.Again=x")]
    [InlineData("/signout", "")]
    public async Task Forms_WithoutTheirToken_AreRefused(string path, string body)
    {
        using var client = NewClient();
        using var content = new StringContent(body, null, "application/x-www-form-urlencoded");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Dashboard };
}
