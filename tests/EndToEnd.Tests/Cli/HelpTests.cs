namespace Eventicat.EndToEnd.Tests.Cli;

public sealed class HelpTests : IDisposable
{
    private readonly CommandLineHost _host = new(new Dictionary<string, string>());

    [Fact]
    public async Task Help_CommandWithoutItsArguments_EndsWithExamples()
    {
        var help = await _host.RunAsync("account", "limit", "--help");

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.EndsWith("  eventicat account limit acme --default\n\n", help.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();
}
