namespace Eventicat.Accounts.Storage;

/// <summary>The store could not be asked: nothing is known about the account, so nothing may be admitted or denied.</summary>
public sealed class AccountStoreUnavailableException : Exception
{
    public AccountStoreUnavailableException()
    {
    }

    public AccountStoreUnavailableException(string message)
        : base(message)
    {
    }

    public AccountStoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
