namespace Eventicat.EndToEnd.Tests.Cli;

public sealed class FileCommandLineTests()
    : CommandLineContract(new Dictionary<string, string> { ["Accounts__File"] = "some.json" });
