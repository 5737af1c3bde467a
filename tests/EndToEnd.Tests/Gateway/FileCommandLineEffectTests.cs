namespace Eventicat.EndToEnd.Tests.Gateway;

public sealed class FileCommandLineEffectTests() : CommandLineEffectContract(new Dictionary<string, string>
{
    ["Accounts__File"] = "accounts.json",
});
