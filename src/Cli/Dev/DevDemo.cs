using Eventicat.Accounts;
using Eventicat.Accounts.Operations;
using Eventicat.Cli.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Cli.Dev;

/// <summary>The account to try things with: made on first run, when there is no account at all.</summary>
/// <param name="Account">The first account there is.</param>
/// <param name="Aggregator">Its first aggregator; <c>null</c> when it has none.</param>
/// <param name="Key">The new key; <c>null</c> on later runs, since a key is shown once.</param>
internal sealed record DevDemo(AccountId Account, AggregatorId? Aggregator, ApiKey? Key)
{
    private static readonly AccountId Demo = AccountId.Parse("demo");

    public static async Task<DevDemo> EnsureAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<AccountOperations>();
        var known = (await accounts.FindAsync(Demo, cancellationToken)).Value
            ?? await accounts.ListAsync(cancellationToken).FirstOrDefaultAsync(cancellationToken);
        return known is null
            ? await CreateAsync(services, accounts, cancellationToken)
            : new DevDemo(known.Id, known.Aggregators is [var first, ..] ? first.Id : null, Key: null);
    }

    private static async Task<DevDemo> CreateAsync(IServiceProvider services, AccountOperations accounts, CancellationToken cancellationToken)
    {
        (await accounts.CreateAsync(Demo, "Demo", limit: null, cancellationToken)).OrFail();
        var key = (await services.GetRequiredService<KeyOperations>()
            .CreateAsync(Demo, new KeySettings("demo"), cancellationToken)).OrFail();
        var aggregator = (await services.GetRequiredService<AggregatorOperations>()
            .CreateAsync(Demo, id: null, "Demo", cancellationToken)).OrFail();
        return new DevDemo(Demo, aggregator.Id, key.Secret);
    }
}
