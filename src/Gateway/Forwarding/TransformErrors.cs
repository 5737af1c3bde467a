using System.Buffers;
using Eventicat.Hosting.Configuration;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Transforms that YARP takes and that fail with each request, some after the backend's work was done, or that do nothing here.</summary>
internal static class TransformErrors
{
    private const string ByteForByte = "is not supported; queries go on byte for byte.";

    private static readonly string[] OfQueries = ["QueryValueParameter", "QueryRouteParameter", "QueryRemoveParameter"];

    /// <summary>Their value is the name of a header.</summary>
    private static readonly string[] OfRequests = ["RequestHeader", "RequestHeaderRouteValue", "RequestHeaderRemove", "ClientCert"];
    private static readonly string[] OfResponses = ["ResponseHeader", "ResponseHeaderRemove", "ResponseTrailer", "ResponseTrailerRemove"];

    /// <summary>What they say has to fit the body that is sent.</summary>
    private static readonly string[] Framing = ["Content-Length", "Transfer-Encoding"];

    /// <summary>What a header's value cannot have: control characters, and what is more than a byte.</summary>
    private static readonly SearchValues<char> OfValues = SearchValues.Create(
        ['\t', .. Enumerable.Range(0x20, 0xE0).Where(static code => code != 0x7F).Select(static code => (char)code)]);

    /// <param name="route">A route of the configuration.</param>
    public static IEnumerable<SettingError> Find(IConfigurationSection route) =>
        route.GetSection("Transforms").GetChildren().SelectMany(Check);

    private static IEnumerable<SettingError> Check(IConfigurationSection transform)
    {
        foreach (var part in transform.GetChildren())
        {
            var value = part.Value ?? "";
            if (Has(OfQueries, part.Key))
            {
                yield return new(part.Path, ByteForByte);
            }
            else if (Has(OfRequests, part.Key) || Has(OfResponses, part.Key))
            {
                if (FindNameProblem(value, isOfRequest: Has(OfRequests, part.Key)) is { } problem)
                {
                    yield return new(part.Path, $"'{value}' {problem}");
                }
            }
            else if (part.Key.Equals("HeaderPrefix", StringComparison.OrdinalIgnoreCase))
            {
                if (FindNameProblem($"{value}For", isOfRequest: true) is { } problem)
                {
                    yield return new(part.Path, $"'{value}' {problem.Replace("is not a header name", "does not begin a header name", StringComparison.Ordinal)}");
                }
            }
            else if (part.Key.Equals("Set", StringComparison.OrdinalIgnoreCase) && value == "CONNECT"
                && transform.GetChildren().Any(other => other.Key.Equals("HttpMethodChange", StringComparison.OrdinalIgnoreCase)))
            {
                yield return new(part.Path, "'CONNECT' asks for a tunnel, and has no path.");
            }
            else if (IsOfHeader(transform) && part.Key.ToUpperInvariant() is "SET" or "APPEND" && value.AsSpan().ContainsAnyExcept(OfValues))
            {
                // It may be a secret and is not shown.
                yield return new(part.Path, "has characters that a header cannot have.");
            }
        }
    }

    private static string? FindNameProblem(string name, bool isOfRequest) =>
        !RequestHeaders.IsToken(name) ? "is not a header name."
        : Has(Framing, name) ? "belongs to the body, which is sent as it came."
        : !isOfRequest && ConnectionOptions.IsOfTheConnection(name) ? "belongs to the connection, which is not the client's."
        : isOfRequest && ReservedHeaders.IsOfTheGateway(name) ? "is said by the gateway alone."
        : null;

    private static bool IsOfHeader(IConfigurationSection transform) =>
        transform.GetChildren().Any(part => Has(OfRequests, part.Key) || Has(OfResponses, part.Key));

    private static bool Has(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
