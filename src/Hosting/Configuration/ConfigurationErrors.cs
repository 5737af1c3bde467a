using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.Configuration;

/// <summary>What a room finds wrong in the configuration besides its options, one line for each error. Registered as a service.</summary>
public delegate IEnumerable<string> ConfigurationCheck();

/// <summary>Collects every error of the configuration, so that an operator corrects them in one go.</summary>
public static class ConfigurationErrors
{
    /// <summary>Checks everything that can be checked before the application exists.</summary>
    /// <param name="builder">With all services and settings.</param>
    /// <param name="findOthers">What a service checks besides its options; gets the services.</param>
    /// <exception cref="InvalidConfigurationException">There is at least one error.</exception>
    public static void ThrowIfAny(WebApplicationBuilder builder, Func<IServiceProvider, IEnumerable<string>>? findOthers = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Kestrel reads its options while the application is built, which would end the check at the first wrong one.
        using var provider = builder.Services.BuildServiceProvider();
        Throw(
        [
            .. provider.GetServices<ConfigurationCheck>().SelectMany(static check => check()),
            .. Try(() => provider.GetService<IStartupValidator>()?.Validate()),
            .. findOthers?.Invoke(provider) ?? [],
        ]);
    }

    /// <summary>The same for what shows only when the pipeline is set up.</summary>
    /// <exception cref="InvalidConfigurationException">There is at least one error.</exception>
    public static void ThrowIfAny(Action setUp)
    {
        ArgumentNullException.ThrowIfNull(setUp);
        Throw(Try(setUp));
    }

    private static void Throw(List<string> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidConfigurationException(string.Join(Environment.NewLine, errors.Distinct(StringComparer.Ordinal)));
        }
    }

    private static List<string> Try(Action check)
    {
        try
        {
            check();
            return [];
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException or FormatException or ArgumentException or InvalidOperationException)
        {
            return [.. Flatten(exception)];
        }
    }

    private static IEnumerable<string> Flatten(Exception exception) => exception switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException many => many.InnerExceptions.SelectMany(Flatten),
        { InnerException: { } inner } => Flatten(inner),
        _ => [exception.Message],
    };
}

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
