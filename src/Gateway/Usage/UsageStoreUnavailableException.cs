namespace Eventicat.Gateway.Usage;

/// <summary>The store did not answer a question about usage.</summary>
internal sealed class UsageStoreUnavailableException(Exception innerException)
    : Exception("The usage store does not answer.", innerException);
