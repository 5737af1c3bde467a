using System.Security.Cryptography;
using Eventicat.EventSink.Storage;
using Microsoft.Extensions.Options;

namespace Eventicat.EventSink.Configuration;

/// <summary>Failures to start that an operator can act on, in words. Anything else is a defect and keeps its stack trace.</summary>
internal static class StartFailure
{
    // What Kestrel throws for an endpoint it cannot use, e.g. HTTPS without a certificate.
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel.Core";

    public static string? Describe(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(
            Environment.NewLine, ["The configuration is not valid:", .. invalid.Failures.Select(failure => $"  {failure}")]),
        EventStoreUnavailableException or InvalidDataException or IOException or UnauthorizedAccessException or CryptographicException
            or InvalidOperationException { Source: Kestrel } =>
            $"The event sink cannot start: {exception.Message}{Cause(exception.InnerException)}",
        _ => null,
    };

    private static string Cause(Exception? inner) => inner is null ? "" : $" ({inner.Message})";
}
