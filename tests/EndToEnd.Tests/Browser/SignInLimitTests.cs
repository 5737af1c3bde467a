using System.Net;
using Microsoft.Playwright;

namespace Eventicat.EndToEnd.Tests.Browser;

/// <summary>On a site of its own: it uses up the attempts of this address.</summary>
public sealed class SignInLimitTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    [Fact]
    public async Task Guessing_LocksTheUserOutAndThenTheAddress()
    {
        await using var browser = await site.OpenAsync();
        var page = browser.Page;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await TryAsync(page, "not the password at all");
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }

        // Even the right password is refused now, with the same answer.
        await TryAsync(page, DashboardSite.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That did not work");
        Assert.Contains("user.lockout", await site.CliAsync("audit"), StringComparison.Ordinal);

        using var client = new HttpClient { BaseAddress = site.Dashboard };
        var statuses = new HashSet<HttpStatusCode>();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var content = new FormUrlEncodedContent([]);
            using var response = await client.PostAsync(new Uri("/signin", UriKind.Relative), content, TestContext.Current.CancellationToken);
            statuses.Add(response.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    private static async Task TryAsync(IPage page, string password)
    {
        await page.GotoAsync("/signin");
        await page.GetByLabel("Name or e-mail address").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
