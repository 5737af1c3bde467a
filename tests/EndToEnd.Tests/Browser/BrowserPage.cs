using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Eventicat.TestSupport;
using Microsoft.Playwright;

namespace Eventicat.EndToEnd.Tests.Browser;

/// <summary>A page in a browser of its own. What the browser itself complains about fails the test.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly bool _isDark;

    public BrowserPage(IBrowserContext context, IPage page, ColorScheme colours)
    {
        (_context, Page, _isDark) = (context, page, colours == ColorScheme.Dark);
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            // A refusal by the content policy is an error here as well.
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Goes there and waits until it is drawn.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await Assertions.Expect(Page.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByLabel("Loading")).ToHaveCountAsync(0);
        // The interactive pages learn of dark colours after they are first drawn; the others have no such variable.
        await WaitUntilAsync(
            "(back => back === '' || back.includes('15,23,42') === " + (_isDark ? "true" : "false")
            + ")(getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-background').replaceAll(' ', ''))");
        await WaitUntilStillAsync();
    }

    /// <summary>Neither serious nor critical findings, the contrast of colours included.</summary>
    public async Task AssertAccessibleAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var serious = result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{Page.Url}: {violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}");
        Assert.Empty(serious);
    }

    /// <summary>Asks the page until it says yes. Playwright's own way of waiting needs <c>eval</c>, which the content policy forbids.</summary>
    public Task WaitUntilAsync(string expression) => Eventually.TrueAsync(() => Page.EvaluateAsync<bool>(expression));

    /// <summary>Waits for animations to end, since colours change during them.</summary>
    public Task WaitUntilStillAsync() => WaitUntilAsync(
        "document.getAnimations().every(animation => animation.effect.getTiming().iterations === Infinity || animation.playState !== 'running')");

    /// <summary>The page does not scroll sideways.</summary>
    public async Task AssertFitsAsync() => Assert.True(
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{Page.Url} is too wide");

    /// <summary>Kept where <c>EVENTICAT_SCREENSHOTS</c> names a folder.</summary>
    public async Task ScreenshotAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("EVENTICAT_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }
}
