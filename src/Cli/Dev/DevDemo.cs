using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Auditing;
using Eventicat.Control.Operations;
using Eventicat.Control.Users;

namespace Eventicat.Cli.Dev;

/// <summary>The account to try things with, made on first run, when there is no account at all; and a way into the dashboard.</summary>
/// <param name="Account">The first account there is.</param>
/// <param name="Aggregator">Its first aggregator; <c>null</c> when it has none.</param>
/// <param name="Key">The new key; <c>null</c> on later runs, since a key is shown once.</param>
/// <param name="Operator">Who signs in to the dashboard.</param>
/// <param name="Welcome">The link that sets their password, once; <c>null</c> when they have one.</param>
internal sealed record DevDemo(AccountId Account, AggregatorId? Aggregator, ApiKey? Key, UserName Operator, string? Welcome)
{
    private static readonly AccountId Demo = AccountId.Parse("demo");
    private static readonly UserName Admin = UserName.Parse("admin");
    private static readonly Actor Dev = Actor.CommandLine("dev");

    public static async Task<DevDemo> EnsureAsync(DevEnvironment environment, CancellationToken cancellationToken)
    {
        var accounts = environment.Operations.GetRequiredService<AccountOperations>();
        var welcome = await WelcomeAsync(environment, cancellationToken);
        var known = (await accounts.FindAsync(Demo, cancellationToken)).Value
            ?? await accounts.ListAsync(cancellationToken).FirstOrDefaultAsync(cancellationToken);
        return known is null
            ? await CreateAsync(environment, accounts, welcome, cancellationToken)
            : new DevDemo(known.Id, known.Aggregators is [var first, ..] ? first.Id : null, Key: null, Admin, welcome);
    }

    private static async Task<DevDemo> CreateAsync(
        DevEnvironment environment, AccountOperations accounts, string? welcome, CancellationToken cancellationToken)
    {
        var services = environment.Operations;
        var context = new OperationContext(Dev);
        (await accounts.CreateAsync(context, Demo, "Demo", limit: null, cancellationToken)).OrFail();
        var aggregator = (await services.GetRequiredService<AggregatorOperations>()
            .CreateAsync(context, Demo, id: null, "Demo", cancellationToken)).OrFail();
        var key = (await services.GetRequiredService<KeyOperations>()
            .CreateAsync(context, Demo, new KeySettings("demo"), cancellationToken)).OrFail();
        await environment.WaitForAsync(key.Key.Digest, cancellationToken);
        return new DevDemo(Demo, aggregator.Id, key.Secret, Admin, welcome);
    }

    private static async Task<string?> WelcomeAsync(DevEnvironment environment, CancellationToken cancellationToken)
    {
        var users = environment.Operations.GetRequiredService<UserOperations>();
        return await users.FindAsync(Admin, cancellationToken) is { PasswordHash: not null }
            ? null
            : (await users.InviteAsync(Dev, Admin, account: null, cancellationToken)).LinkFrom(new Uri(environment.Dashboard));
    }
}
