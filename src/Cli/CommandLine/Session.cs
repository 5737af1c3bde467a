using System.CommandLine;
using Eventicat.Accounts.Import;
using Eventicat.Accounts.Operations;
using Eventicat.Accounts.Storage;
using Eventicat.Cli.Output;
using Microsoft.Extensions.DependencyInjection;

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

    public AccountImport Import => new(_services.GetRequiredService<IAccountStore>());

    public static Session Open(ParseResult parsed)
    {
        var services = new ServiceCollection().AddLogging().AddAccountStore(StoreConfiguration.Read(parsed), RedisDeadline);
        return new Session(parsed, services.BuildServiceProvider());
    }

    public T Get<T>(Argument<T> argument) => _parsed.GetValue(argument)!;

    public T Get<T>(Option<T> option) => _parsed.GetValue(option)!;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
