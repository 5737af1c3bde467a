using Eventicat.Control.Auditing;
using Eventicat.Control.KeyUse;
using Eventicat.Control.Storage;
using Eventicat.Control.Tokens;
using Eventicat.Control.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Control.Tests.TestSupport;

/// <summary>A control store as a program of its own would open it: several of them over the same settings share nothing but the data.</summary>
internal sealed class ControlStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ControlStore(IReadOnlyDictionary<string, string?> settings, TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton(time)
            .AddControl(configuration, TimeSpan.FromSeconds(10))
            .BuildServiceProvider();
    }

    public IRecordStore Records => _services.GetRequiredService<IRecordStore>();

    public IAuditLog Audit => _services.GetRequiredService<IAuditLog>();

    public UserOperations Users => _services.GetRequiredService<UserOperations>();

    public TokenOperations Tokens => _services.GetRequiredService<TokenOperations>();

    public IKeyUse KeyUse => _services.GetRequiredService<IKeyUse>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
