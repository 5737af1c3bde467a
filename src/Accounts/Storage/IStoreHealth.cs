namespace Eventicat.Accounts.Storage;

/// <summary>What a store knows of its own state, for readiness. Asking it costs nothing.</summary>
public interface IStoreHealth
{
    StoreHealth Health { get; }
}
