using Eventicat.EndToEnd.Tests.Cli;
using Eventicat.EndToEnd.Tests.Dev;
using Eventicat.EndToEnd.Tests.Processes;

namespace Eventicat.EndToEnd.Tests.Seed;

/// <summary>The examples of the API's documentation, run by the programs they are written for.</summary>
public sealed class DocumentedExamplesTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly CommandLineHost _host = new(NoEnvironment);
    private DevProcess _dev = null!;
    private Func<string, string> _fill = null!;

    public async ValueTask InitializeAsync()
    {
        _dev = DevProcess.Start(_host, "--json");
        var running = await _dev.ReadJsonAsync();
        _fill = text => text
            .Replace("https://app.eventicat.com", running.GetProperty("gateway").GetString(), StringComparison.Ordinal)
            .Replace("YOUR_AGGREGATOR_ID", running.GetProperty("aggregator").GetString(), StringComparison.Ordinal)
            .Replace("YOUR_API_KEY", running.GetProperty("key").GetString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _dev.DisposeAsync();
        _host.Dispose();
    }

    [Theory]
    [InlineData("curl \"https://app.eventicat.com/api/event?_id=YOUR_AGGREGATOR_ID&_apikey=YOUR_API_KEY&name=user_signup\"")]
    [InlineData("curl -X POST \"https://app.eventicat.com/api/event?_id=YOUR_AGGREGATOR_ID\" \\\n-H \"Authorization: Bearer YOUR_API_KEY\" \\\n-H \"Content-Type: application/json\" \\\n-d '{\"name\": \"user_signup\"}'")]
    public async Task Curl_Example_Gets200(string example)
    {
        var output = await Tool.RunAsync("bash", ["-c", _fill(example).Replace("curl ", "curl -sS -w '\\n%{http_code}' ", StringComparison.Ordinal)]);

        Assert.EndsWith("\n200", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JavaScript_Example_Gets200()
    {
        var output = await Tool.RunAsync("node", ["--input-type=module"], _fill("""
            const AGGREGATOR_ID = 'YOUR_AGGREGATOR_ID', API_KEY = 'YOUR_API_KEY';
            const response = await fetch(
            `https://app.eventicat.com/api/event?_id=${AGGREGATOR_ID}`,
            {
            method: 'POST',
            headers: {
            'Authorization': `Bearer ${API_KEY}`,
            'Content-Type': 'application/json'
            },
            body: JSON.stringify({
            name: 'user_signup'
            })
            }
            );
            console.log(response.status);
            """));

        Assert.Equal("200", output.Trim());
    }

    [Fact]
    public async Task Python_Example_Gets200()
    {
        var output = await Tool.RunAsync(await FindPythonWithRequestsAsync(), ["-"], _fill("""
            AGGREGATOR_ID, API_KEY = 'YOUR_AGGREGATOR_ID', 'YOUR_API_KEY'
            import requests
            # Using Bearer token
            headers = {
            'Authorization': f'Bearer {API_KEY}',
            'Content-Type': 'application/json'
            }
            response = requests.post(
            f'https://app.eventicat.com/api/event?_id={AGGREGATOR_ID}',
            headers=headers,
            json={'name': 'user_signup'}
            )
            print(response.status_code)
            """));

        Assert.Equal("200", output.Trim());
    }

    /// <summary>A distribution's package is for its own interpreter, which need not be the first on the path.</summary>
    private static async Task<string> FindPythonWithRequestsAsync()
    {
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                if ((await Tool.RunAsync(python, ["-c", "import importlib.util as u; print(u.find_spec('requests') is not None)"])).Trim() == "True")
                {
                    return python;
                }
            }
            catch (Xunit.Sdk.SkipException)
            {
                // Not this one.
            }
        }

        Tool.Missing("Python with requests");
        throw new InvalidOperationException();
    }
}
