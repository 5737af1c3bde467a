using System.Text.RegularExpressions;
using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport;
using Microsoft.Playwright;

namespace Eventicat.EndToEnd.Tests.Browser;

/// <summary>What the API's documentation promises an owner, from the first sign-in to the last sign-out.</summary>
public sealed class OwnerFlowTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    private static readonly TimeSpan Effect = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Owner_FromFirstSignInToSignOut()
    {
        await site.CreateOwnerAsync("acme", "olivia@acme.example");
        await using var browser = await site.OpenAsync();
        var page = browser.Page;
        await DashboardSite.SignInAsync(page, "olivia@acme.example");

        var aggregator = await CreateAggregatorAsync(page);
        var (key, curl) = await CreateKeyAsync(page);
        await browser.ScreenshotAsync("key-shown-once");
        // Word for word; the gateway has a second to learn of the key, and what it refuses meanwhile costs nothing.
        await Eventually.TrueAsync(
            async () => (await Tool.RunAsync("bash", ["-c", curl])).Contains("\"status\":\"ok\"", StringComparison.Ordinal), Effect);
        await page.GetByRole(AriaRole.Button, new() { Name = "I have stored it" }).ClickAsync();
        await AssertGoneAsync(browser, key);

        await page.GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "user_signup" })).ToBeVisibleAsync();
        await browser.ScreenshotAsync("events");
        await page.GetByRole(AriaRole.Link, new() { Name = "Usage" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-figure=used]")).ToHaveTextAsync("1");
        Assert.Equal(200, await site.SendAsync(key, aggregator));
        await Assertions.Expect(page.Locator("[data-figure=used]")).ToHaveTextAsync("2");
        await Assertions.Expect(page.Locator("figure").First).ToHaveAttributeAsync("aria-label", new Regex(": 2 delivered", RegexOptions.None, Effect));
        await browser.ScreenshotAsync("usage");

        var second = await RegenerateAsync(page, key);
        await site.SendOnceKnownAsync(second, aggregator);
        Assert.Equal(200, await site.SendAsync(key, aggregator));
        await RevokeAsync(page, IdOf(key));
        await Eventually.TrueAsync(async () => await site.SendAsync(key, aggregator) == 401, Effect);
        Assert.Equal(200, await site.SendAsync(second, aggregator));

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/signin");
        await page.GotoAsync("/accounts/acme");
        await page.WaitForURLAsync("**/signin**");
        Assert.DoesNotContain(key, site.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(second, site.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owner_WithTheKeyboardAlone_CreatesAnAggregatorAndAKey()
    {
        await site.CreateOwnerAsync("keys", "kim");
        await using var browser = await site.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync("/signin");
        await page.Keyboard.TypeAsync("kim");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(DashboardSite.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/accounts/keys");

        await TabToAsync(page, "Aggregators");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/aggregators");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Create an aggregator" })).ToBeVisibleAsync();
        await browser.WaitUntilAsync("document.activeElement.tagName === 'H1'");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Typed");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Typed" })).ToBeVisibleAsync();

        await page.GotoAsync("/accounts/keys");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Create API key" })).ToBeVisibleAsync();
        await TabToAsync(page, "Create API key");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await TabToAsync(page, "Create");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#new-key")).ToBeVisibleAsync();
    }

    private static async Task<string> CreateAggregatorAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Aggregators" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Sign-ups");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create aggregator" }).ClickAsync();
        return await page.Locator("table .id").First.InnerTextAsync();
    }

    private static async Task<(string Key, string Curl)> CreateKeyAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Account settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).ClickAsync();
        await page.GetByLabel("Name (to recognise the key)").FillAsync("prod");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        return (await page.Locator("#new-key").InnerTextAsync(), await page.Locator("#new-key-curl").InnerTextAsync());
    }

    private static async Task<string> RegenerateAsync(IPage page, string old)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Account settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Regenerate key {IdOf(old)}" }).ClickAsync();
        await page.GetByLabel("The old key ends").SelectOptionAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Regenerate", Exact = true }).ClickAsync();
        var key = await page.Locator("#new-key").InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have stored it" }).ClickAsync();
        return key;
    }

    private static async Task RevokeAsync(IPage page, string id)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Revoke key {id}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("revoked 20")).ToBeVisibleAsync();
    }

    /// <summary>In no page, not after going back, and in nothing that the browser keeps.</summary>
    private static async Task AssertGoneAsync(BrowserPage browser, string key)
    {
        var page = browser.Page;
        await Assertions.Expect(page.Locator("#new-key")).ToHaveCountAsync(0);
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Create API key" })).ToBeVisibleAsync();
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
        var kept = await page.EvaluateAsync<string>(
            "JSON.stringify([location.href, history.state, {...localStorage}, {...sessionStorage}, document.cookie])");
        Assert.DoesNotContain(key, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(key, await browser.Context.StorageStateAsync(), StringComparison.Ordinal);
    }

    /// <summary>Moves on with the tab key, as far as a person would.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("(document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText).trim()") == name)
            {
                return;
            }
        }

        Assert.Fail($"The tab key does not get to '{name}'.");
    }

    private static string IdOf(string key) => key.Split('_')[1];
}
