namespace Eventicat.Hosting.Configuration;

/// <summary>The configuration is not usable. The message lists every error, one a line, and no secret's value.</summary>
public sealed class InvalidConfigurationException : Exception
{
    public InvalidConfigurationException()
    {
    }

    public InvalidConfigurationException(string message)
        : base(message)
    {
    }

    public InvalidConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
