using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;
using Eventicat.Control.Operations;
using Eventicat.Control.Tests.AccountStorage.File;
using Eventicat.Control.Tests.Auditing;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Control.Tests.Operations;

/// <summary>The operations over a store of their own, with the account <see cref="Some.Acme"/> in it and a clock that stands still.</summary>
public abstract class OperationsTest : IAsyncLifetime
{
    private readonly TestFile _file = new();

    protected OperationsTest()
    {
        Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        Store = _file.Open(TimeProvider.System);
        Accounts = new AccountOperations(Store, Audit, Time);
        Keys = new KeyOperations(Store, Audit, Time);
        Aggregators = new AggregatorOperations(Store, Audit, Time);
    }

    protected static OperationContext Ada { get; } = new(Actor.Operator("ada"));

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; }

    protected IAccountStore Store { get; }

    private protected RecordingAuditLog Audit { get; } = new();

    protected AccountOperations Accounts { get; }

    protected KeyOperations Keys { get; }

    protected AggregatorOperations Aggregators { get; }

    public async ValueTask InitializeAsync() => await Accounts.CreateAsync(Ada, Some.Acme, "Acme", null, Token);

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }

    protected async Task<Account> AcmeAsync() => (await Store.FindAsync(Some.Acme, Token))!.Account;

    protected static void AssertDenied<T>(OperationError error, OperationResult<T> result)
        where T : class
    {
        Assert.False(result.Succeeded);
        Assert.Equal(error, result.Denial.Error);
        Assert.NotEmpty(result.Denial.Message);
    }
}
