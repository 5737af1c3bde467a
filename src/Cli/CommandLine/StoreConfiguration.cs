using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Cli.CommandLine;

/// <summary>Where the accounts are: the services' own configuration, with the command's options on top.</summary>
internal static class StoreConfiguration
{
    private const string AccountsFile = "Accounts:File";
    private const string RedisConnection = "Redis:Connection";

    public static IConfiguration Read(ParseResult parsed)
    {
        var accounts = parsed.GetValue(CommonOptions.Accounts);
        var redis = parsed.GetValue(CommonOptions.Redis);
        if (accounts is not null && redis is not null)
        {
            throw new CommandException("--accounts and --redis exclude each other: accounts are in one place.");
        }

        return new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(Overrides(accounts, redis))
            .Build();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Overrides(string? accounts, string? redis)
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
    }
}
