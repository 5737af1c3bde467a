using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Gateway.Tests.Hosting;

/// <summary>Stands between a gateway and its account store, counts the keys that are looked up there, and can hold them up or break.</summary>
internal sealed class CountedStore : IServiceProviderFactory<IServiceCollection>
{
    private int _lookups;

    public int Lookups => Volatile.Read(ref _lookups);

    public bool IsAway { get; set; }

    /// <value>What each look-up waits for.</value>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void Install(WebApplicationBuilder builder) => builder.Host.UseServiceProviderFactory(this);

    public IServiceCollection CreateBuilder(IServiceCollection services)
    {
        var store = services.Last(service => service.ServiceType == typeof(IAccountReader));
        services.AddSingleton<IAccountReader>(provider => new Reader(this, (IAccountReader)store.ImplementationFactory!(provider)));
        return services;
    }

    public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => containerBuilder.BuildServiceProvider();

    private sealed class Reader(CountedStore owner, IAccountReader store) : IAccountReader
    {
        public async ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._lookups);
            await owner.Gate;
            return owner.IsAway ? throw new AccountStoreUnavailableException("away") : await store.FindByKeyAsync(digest, cancellationToken);
        }

        public ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

        public ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken) => store.GetEpochAsync(id, cancellationToken);
    }
}
