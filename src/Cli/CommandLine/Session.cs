using System.CommandLine;
using Eventicat.Accounts.Storage;
using Eventicat.Cli.Output;
using Eventicat.Control;
using Eventicat.Control.Auditing;
using Eventicat.Control.Import;
using Eventicat.Control.KeyUse;
using Eventicat.Control.Operations;
using Eventicat.Control.Tokens;
using Eventicat.Control.Users;
using Eventicat.Redis;

namespace Eventicat.Cli.CommandLine;

/// <summary>What a command works with: its options, the store's operations, and where to write.</summary>
internal sealed class Session : IAsyncDisposable
{
    /// <summary>An operator would rather wait than repeat.</summary>
    private static readonly TimeSpan RedisDeadline = TimeSpan.FromSeconds(10);

    private readonly ParseResult _parsed;
    private readonly ServiceProvider _services;

    private Session(ParseResult parsed, ServiceProvider services)
    {
        _parsed = parsed;
        _services = services;
        Writer = new ResultWriter(Console.Out, parsed.GetValue(CommonOptions.Json));
    }

    public ResultWriter Writer { get; }

    /// <value>Set where a command has done a part of its work only.</value>
    public bool Failed { get; set; }

    public AccountOperations Accounts => _services.GetRequiredService<AccountOperations>();

    public KeyOperations Keys => _services.GetRequiredService<KeyOperations>();

    public AggregatorOperations Aggregators => _services.GetRequiredService<AggregatorOperations>();

    public AccountImport Import => _services.GetRequiredService<AccountImport>();

    public UserOperations Users => _services.GetRequiredService<UserOperations>();

    public TokenOperations Tokens => _services.GetRequiredService<TokenOperations>();

    public IAuditLog Audit => _services.GetRequiredService<IAuditLog>();

    public IKeyUse KeyUse => _services.GetRequiredService<IKeyUse>();

    /// <value>Whoever runs the command, as their system knows them.</value>
    public Actor Actor { get; } = Actor.CommandLine($"{Environment.UserName}@{Environment.MachineName}");

    public OperationContext Context => new(Actor);

    public static Session Open(ParseResult parsed, StoreNeed need)
    {
        var configuration = StoreConfiguration.Read(parsed);
        StoreFiles.Demand(need, parsed, configuration);
        var services = new ServiceCollection().AddLogging().AddControl(configuration, RedisDeadline);
        return new Session(parsed, services.BuildServiceProvider());
    }

    /// <summary>Whether an option was given, rather than left to its default.</summary>
    public bool Has(Option option) => _parsed.GetResult(option) is { Implicit: false };

    public T Get<T>(Argument<T> argument) => _parsed.GetValue(argument)!;

    public T Get<T>(Option<T> option) => _parsed.GetValue(option)!;

    /// <summary>Why a store is not available. Here somebody waits for the reason, so it is looked for.</summary>
    public async Task<string> ExplainAsync(AccountStoreUnavailableException exception, CancellationToken cancellationToken) =>
        exception.InnerException is { } inner && (RedisFailure.IsOne(inner) || inner is OperationCanceledException)
            && _services.GetService<RedisConnection>() is { } redis
            ? redis.Explain(await redis.DiagnoseAsync(redis.CauseOf(inner), cancellationToken))
            : exception.Message;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>What has to be there already where the command line itself names a file: a new one for a mistyped name would say that all is gone.</summary>
internal enum StoreNeed
{
    /// <summary>The command makes what is missing.</summary>
    Nothing,

    Accounts,

    /// <summary>Users, tokens and the audit log, which come into being after the accounts, or before.</summary>
    Control,
}
