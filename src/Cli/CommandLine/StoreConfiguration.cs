using System.CommandLine;

namespace Eventicat.Cli.CommandLine;

/// <summary>Where the accounts are: the services' own configuration, with the command's options on top.</summary>
internal static class StoreConfiguration
{
    private const string AccountsFile = "Accounts:File";
    private const string ControlPath = "Control:Path";
    private const string SecretsPath = "Secrets:Path";
    private const string RedisConnection = "Redis:Connection";

    public static IConfiguration Read(ParseResult parsed)
    {
        var accounts = parsed.GetValue(CommonOptions.Accounts);
        var redis = parsed.GetValue(CommonOptions.Redis);
        if (accounts is not null && redis is not null)
        {
            throw new CommandException("--accounts and --redis exclude each other: accounts are in one place.");
        }

        var sources = new ConfigurationManager();
        sources.SetBasePath(Directory.GetCurrentDirectory());
        sources.AddJsonFile("appsettings.json", optional: true);
        sources.AddEnvironmentVariables();
        if (sources[SecretsPath] is { Length: > 0 } secrets)
        {
            sources.AddKeyPerFile(Path.GetFullPath(secrets), optional: false);
        }

        sources.AddInMemoryCollection(Overrides(accounts, redis, parsed.GetValue(CommonOptions.Control)));
        return sources;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Overrides(string? accounts, string? redis, string? control)
    {
        if (accounts is not null)
        {
            yield return new(AccountsFile, accounts);
        }

        if (redis is not null)
        {
            // An accounts file that is configured would win over Redis.
            yield return new(AccountsFile, "");
            yield return new(RedisConnection, redis);
        }

        if (control is not null)
        {
            yield return new(ControlPath, control);
        }
    }
}
