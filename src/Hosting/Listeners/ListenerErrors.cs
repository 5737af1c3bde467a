using System.Security.Authentication;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Listeners;

/// <summary>What is wrong with the endpoints and certificates of section <c>Kestrel</c>. Kestrel passes over what it cannot read, or fails with a stack trace.</summary>
internal static class ListenerErrors
{
    private static readonly string[] HttpsOnly = ["Certificate", "Sni", "SslProtocols", "ClientCertificateMode"];

    private static readonly SettingShape Certificate = SettingShape.Members(
        ("Path", SettingShape.Text), ("KeyPath", SettingShape.Text), ("Password", SettingShape.Text));

    private static readonly SettingShape Protocols = SettingShape.NameOf(HttpProtocols.None);
    private static readonly SettingShape SslProtocolList = SettingShape.ListOf(SettingShape.NameOf(SslProtocols.None));

    private static readonly (string, SettingShape)[] Policy =
    [
        ("Protocols", Protocols), ("SslProtocols", SslProtocolList), ("ClientCertificateMode", SettingShape.NameOf<ClientCertificateMode>()),
    ];

    private static readonly SettingShape Endpoint = SettingShape.Members(
        [("Url", SettingShape.Text), .. Policy, ("Certificate", Certificate), ("Sni", SettingShape.Named(SettingShape.Members([.. Policy, ("Certificate", Certificate)])))]);

    /// <value>What is read of section <c>Kestrel</c>.</value>
    public static SettingShape Shape { get; } = SettingShape.Members(
        ("Endpoints", SettingShape.Named(Endpoint)), ("EndpointDefaults", SettingShape.Members(Policy)));

    /// <param name="configuration">Has the section <c>Kestrel</c>.</param>
    public static IEnumerable<string> Find(IConfiguration configuration)
    {
        var kestrel = AcceptedSettings.ToConfiguration(Shape.Read(configuration, ConfiguredListeners.KestrelSection))
            .GetSection(ConfiguredListeners.KestrelSection);
        var endpoints = kestrel.GetSection("Endpoints");
        var hasDefault = CertificateSource.Read(kestrel.GetSection(ConfiguredListeners.DefaultCertificate)) is not null;
        return SettingShape.Named(Endpoint).FindErrors(endpoints)
            .Concat(SettingShape.Members(Policy).FindErrors(kestrel.GetSection("EndpointDefaults")))
            .Concat(SettingShape.Members(("Default", Certificate)).FindErrors(kestrel.GetSection("Certificates")))
            .Concat(FindDoubles(endpoints))
            .Concat(endpoints.GetChildren().SelectMany(endpoint => FindErrors(endpoint, hasDefault, kestrel["EndpointDefaults:Protocols"])))
            .Concat(ConfiguredListeners.CertificatesOf(kestrel).SelectMany(FindCertificateErrors))
            .Select(error => error.ToString())
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<SettingError> FindErrors(IConfigurationSection endpoint, bool hasDefault, string? defaultProtocols)
    {
        var url = endpoint["Url"];
        if (!IsAddress(url, out var isHttps))
        {
            return [new($"{endpoint.Path}:Url", $"'{url}' is not a URL such as http://127.0.0.1:8080.")];
        }

        if (BindingAddress.Parse(url!) is { Host: "localhost", Port: 0 })
        {
            return [new($"{endpoint.Path}:Url", $"'{url}' has no port of its own; write http://127.0.0.1:0.")];
        }

        if (!isHttps)
        {
            return HttpsOnly.Where(name => endpoint.GetSection(name).AsEnumerable().Any(setting => !string.IsNullOrEmpty(setting.Value)))
                .Select(name => new SettingError($"{endpoint.Path}:{name}", $"is for https, and the endpoint's Url is '{url}'."));
        }

        List<IConfigurationSection> names = [.. endpoint.GetSection("Sni").GetChildren()];
        var hasCertificate = hasDefault || CertificateSource.Read(endpoint.GetSection("Certificate")) is not null;
        var without = hasCertificate ? []
            : names.Count == 0 ? [endpoint]
            : names.Where(name => CertificateSource.Read(name.GetSection("Certificate")) is null);
        return without
            .Select(section => new SettingError($"{section.Path}:Certificate", $"https needs one; name its Path, or that of {ConfiguredListeners.KestrelSection}:{ConfiguredListeners.DefaultCertificate}."))
            .Concat(names.SelectMany(name => FindProtocolErrors(name, endpoint["Protocols"] ?? defaultProtocols)));
    }

    private static IEnumerable<SettingError> FindDoubles(IConfigurationSection endpoints) => endpoints.GetChildren()
        .Where(endpoint => IsAddress(endpoint["Url"], out _))
        .Select(endpoint => (endpoint.Path, Address: BindingAddress.Parse(endpoint["Url"]!)))
        .Where(endpoint => endpoint.Address.Port != 0)
        .GroupBy(endpoint => $"{endpoint.Address.Host}:{endpoint.Address.Port}", StringComparer.OrdinalIgnoreCase)
        .SelectMany(same => same.Skip(1).Select(endpoint => new SettingError($"{endpoint.Path}:Url", $"is the address of {same.First().Path}, too.")));

    /// <summary>Connections of a host name can have fewer protocols than the endpoint, not others.</summary>
    private static IEnumerable<SettingError> FindProtocolErrors(IConfigurationSection name, string? ofEndpoint)
    {
        if (Enum.TryParse<HttpProtocols>(name["Protocols"], ignoreCase: true, out var wanted)
            && (wanted & ~(Enum.TryParse<HttpProtocols>(ofEndpoint, ignoreCase: true, out var all) ? all : HttpProtocols.Http1AndHttp2)) != HttpProtocols.None)
        {
            yield return new($"{name.Path}:Protocols", $"'{name["Protocols"]}' is more than the endpoint's Protocols allow.");
        }
    }

    private static IEnumerable<SettingError> FindCertificateErrors(IConfigurationSection certificate)
    {
        if (CertificateSource.Read(certificate) is not { } source)
        {
            return certificate.AsEnumerable().Any(setting => !string.IsNullOrEmpty(setting.Value)) ? [new($"{certificate.Path}:Path", "names no file; certificates come from files only.")] : [];
        }

        var loaded = new ServerCertificate(source, certificate.Path, TimeProvider.System);
        loaded.Look();
        return loaded.Problem is { } problem ? [new($"{certificate.Path}:Path", $"'{source.Path}' cannot be used: {problem}")] : [];
    }

    private static bool IsAddress(string? url, out bool isHttps)
    {
        isHttps = false;
        try
        {
            var address = url is null ? null : BindingAddress.Parse(url);
            isHttps = string.Equals(address?.Scheme, "https", StringComparison.OrdinalIgnoreCase);
            return (isHttps || string.Equals(address?.Scheme, "http", StringComparison.OrdinalIgnoreCase)) && address is { PathBase: "", Port: >= 0 and <= 65535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
