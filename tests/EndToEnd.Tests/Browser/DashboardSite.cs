using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Eventicat.EndToEnd.Tests.Cli;
using Eventicat.TestSupport;
using Microsoft.Playwright;

namespace Eventicat.EndToEnd.Tests.Browser;

/// <summary><c>eventicat dev</c> with an operator who has signed in once, and a browser to look at it.</summary>
public sealed class DashboardSite : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(1);

    private readonly CommandLineHost _host = new(new Dictionary<string, string>());
    private readonly StringBuilder _log = new();
    private Process? _process;
    private Chromium? _chromium;
    private JsonElement _running;

    public Uri Dashboard => new(_running.GetProperty("dashboard").GetString()!);

    public Uri Gateway => new(_running.GetProperty("gateway").GetString()!);

    public string Aggregator => _running.GetProperty("aggregator").GetString()!;

    /// <value>All that the services have logged so far.</value>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public async ValueTask InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        _process = _host.Start("dev", "--json", "--port", "0", "--management-port", "0", "--dashboard-port", "0", "--data", "data");
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
        var line = await _process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(StartDeadline);
        _running = JsonElement.Parse(line ?? throw new InvalidOperationException($"dev ended: {Log}"));
        await using var page = await OpenAsync();
        await WelcomeAsync(page.Page, _running.GetProperty("welcome").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _host.Dispose();
    }

    /// <summary>A browser of its own: no cookie of another.</summary>
    public async Task<BrowserPage> OpenAsync(int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var context = await _chromium!.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Dashboard.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = colours,
        });
        return new BrowserPage(context, await context.NewPageAsync(), colours);
    }

    public async Task<BrowserPage> OpenAsOperatorAsync(int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var page = await OpenAsync(width, colours);
        await SignInAsync(page.Page, "admin");
        return page;
    }

    public static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/signin");
        await page.GetByLabel("Name or e-mail address").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/accounts**");
    }

    /// <summary>An account with an owner, who has a password.</summary>
    public async Task CreateOwnerAsync(string account, string user)
    {
        await CliAsync("account", "create", account, "--name", account);
        var invited = await CliAsync("user", "invite", user, "--account", account, "--dashboard", Dashboard.AbsoluteUri);
        await using var page = await OpenAsync();
        await WelcomeAsync(page.Page, JsonElement.Parse(invited).GetProperty("link").GetString()!);
    }

    /// <returns>The command's JSON.</returns>
    public async Task<string> CliAsync(params string[] arguments)
    {
        var result = await _host.RunAsync([.. arguments, "--json", "--accounts", Path.Combine(_host.Folder, "data", "accounts.json")]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    public async Task<int> SendAsync(string key, string aggregator, string name = "user_signup")
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Gateway, $"/api/event?_id={aggregator}&name={Uri.EscapeDataString(name)}"));
        request.Headers.Authorization = new("Bearer", key);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>Sends until the gateway has learnt of the key and the aggregator, which it has a second for.</summary>
    public Task SendOnceKnownAsync(string key, string aggregator, string name = "user_signup") =>
        Eventually.TrueAsync(async () => await SendAsync(key, aggregator, name) == 200, TimeSpan.FromSeconds(1));

    private static async Task WelcomeAsync(IPage page, string link)
    {
        await page.GotoAsync(link);
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByLabel("Repeat the password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await page.WaitForURLAsync("**/accounts**");
    }
}
