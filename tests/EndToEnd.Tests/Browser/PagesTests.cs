using Microsoft.Playwright;

namespace Eventicat.EndToEnd.Tests.Browser;

/// <summary>Every page: accessible, whole on a phone, in light and dark.</summary>
public sealed class PagesTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    private static readonly (string Path, string Name)[] Pages =
    [
        ("/accounts", "accounts"),
        ("/accounts/demo", "account-settings"),
        ("/accounts/demo/aggregators", "aggregators"),
        ("/accounts/demo/usage", "operator-usage"),
        ("/accounts/demo/events", "operator-events"),
        ("/accounts/demo/try", "send-a-test-event"),
        ("/url-keys", "keys-in-urls"),
        ("/users", "users"),
        ("/tokens", "operator-tokens"),
        ("/audit", "audit-log"),
        ("/accounts/nobody", "not-yours"),
        ("/nothing/here", "not-found"),
    ];

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task EveryPage_IsAccessibleAndFits(int width, ColorScheme colours)
    {
        var suffix = (width, colours) switch
        {
            (1280, ColorScheme.Light) => "",
            (1280, _) => "-dark",
            (_, ColorScheme.Light) => "-phone",
            _ => "-phone-dark",
        };
        await using var signedOut = await site.OpenAsync(width, colours);
        await CheckAsync(signedOut, "/signin", $"sign-in{suffix}");
        await CheckAsync(signedOut, "/welcome", $"invitation-not-valid{suffix}");
        await using var browser = await site.OpenAsOperatorAsync(width, colours);
        foreach (var (path, name) in Pages)
        {
            await CheckAsync(browser, path, name + suffix);
        }
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task EveryDialog_IsAccessible(int width, ColorScheme colours)
    {
        await using var browser = await site.OpenAsOperatorAsync(width, colours);
        foreach (var (path, button) in ((string, string)[])
            [("/accounts", "Create account"), ("/accounts/demo", "Create API key"), ("/accounts/demo", "Change"), ("/accounts/demo", "Delete")])
        {
            await browser.GoAsync(path);
            await browser.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await Assertions.Expect(browser.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            // Half faded in, its colours are nobody's.
            await browser.Page.WaitForFunctionAsync("document.getAnimations().length === 0");
            await browser.AssertAccessibleAsync();
            await browser.Page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(browser.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
    }

    private static async Task CheckAsync(BrowserPage browser, string path, string name)
    {
        await browser.GoAsync(path);
        await browser.Page.WaitForFunctionAsync("document.getAnimations().filter(a => a.effect.getTiming().iterations !== Infinity).length === 0");
        await browser.AssertAccessibleAsync();
        await browser.AssertFitsAsync();
        await browser.ScreenshotAsync(name);
    }
}
