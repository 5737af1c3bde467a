using Eventicat.Accounts.Import;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Accounts.Operations;

/// <summary>The operations, for programs that change accounts; a gateway only reads them.</summary>
public static class OperationsRegistration
{
    /// <summary>Needs a store and an <see cref="Auditing.IAuditLog"/>.</summary>
    public static IServiceCollection AddAccountOperations(this IServiceCollection services) => services
        .AddSingleton<AccountOperations>()
        .AddSingleton<KeyOperations>()
        .AddSingleton<AggregatorOperations>()
        .AddSingleton<AccountImport>();
}
