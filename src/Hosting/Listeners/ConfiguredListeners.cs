using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Listeners;

/// <summary>
/// The endpoints of section <c>Kestrel</c>. Kestrel opens them, and opens one anew when its address changes; what is of
/// TLS it is not shown, since it would close a listener for each new certificate. Handshakes ask here.
/// </summary>
internal sealed class ConfiguredListeners : IDisposable
{
    public const string KestrelSection = "Kestrel";
    public const string DefaultCertificate = "Certificates:Default";

    private static readonly string[] OfTls = ["Certificate", "Sni", "SslProtocols", "ClientCertificateMode"];
    private static readonly object ProtocolsMark = new();

    private readonly Action<string, ListenOptions> _configure;
    private readonly TimeProvider _time;
    private readonly AcceptedSettings _shown;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private KestrelConfigurationLoader? _loader;
    private Dictionary<CertificateSource, ServerCertificate> _certificates = [];
    private Dictionary<string, TlsEndpoint> _endpoints = [];

    /// <param name="configuration">The whole configuration.</param>
    /// <param name="configure">What else is to be set of each endpoint, by its name.</param>
    /// <param name="time">The clock.</param>
    public ConfiguredListeners(IConfiguration configuration, Action<string, ListenOptions> configure, TimeProvider time)
    {
        _configure = configure;
        _time = time;
        Settings = new AcceptedSettings(() => Read(configuration));
        _shown = new AcceptedSettings(() => WithoutTls(Settings.Configuration));
    }

    public AcceptedSettings Settings { get; }

    public IReadOnlyCollection<ServerCertificate> Certificates => Volatile.Read(ref _certificates).Values;

    /// <summary>The certificate sections that are in use.</summary>
    public static IEnumerable<IConfigurationSection> CertificatesOf(IConfiguration kestrel) => kestrel.GetSection("Endpoints").GetChildren()
        .Where(IsHttps)
        .SelectMany(endpoint => endpoint.GetSection("Sni").GetChildren().Prepend(endpoint))
        .Select(section => section.GetSection("Certificate"))
        .Append(kestrel.GetSection(DefaultCertificate));

    public void Configure(KestrelServerOptions kestrel)
    {
        _loader = kestrel.Configure(_shown.Configuration.GetSection(KestrelSection), reloadOnChange: true);
        UseCertificates(Settings.Configuration);
    }

    public void Dispose()
    {
        Settings.Dispose();
        _shown.Dispose();
    }

    /// <summary>Takes over settings that have no errors.</summary>
    public void Accept(IConfiguration settings)
    {
        UseCertificates(settings);
        var shown = WithoutTls(settings);
        if (!_shown.IsSame(shown))
        {
            _shown.Replace(shown);
        }
    }

    private void UseCertificates(IConfiguration settings)
    {
        var kestrel = settings.GetSection(KestrelSection);
        var certificates = new Dictionary<CertificateSource, ServerCertificate>();
        var defaults = TlsPolicy.Read(kestrel.GetSection("EndpointDefaults"), Find);
        defaults = defaults with { Certificate = Find(kestrel.GetSection(DefaultCertificate)) };
        Dictionary<string, TlsEndpoint> endpoints = kestrel.GetSection("Endpoints").GetChildren()
            .ToDictionary(endpoint => endpoint.Key, endpoint => new TlsEndpoint(endpoint, defaults, Find), StringComparer.OrdinalIgnoreCase);
        Volatile.Write(ref _certificates, certificates);
        Volatile.Write(ref _endpoints, endpoints);
        foreach (var name in endpoints.Keys.Where(_known.Add))
        {
            _loader!.Endpoint(name, endpoint => Configure(name, endpoint));
        }

        ServerCertificate? Find(IConfigurationSection section)
        {
            if (CertificateSource.Read(section) is not { } source)
            {
                return null;
            }

            if (!certificates.TryGetValue(source, out var certificate))
            {
                if (!_certificates.TryGetValue(source, out certificate))
                {
                    certificate = new ServerCertificate(source, section.Path, _time);
                    certificate.Look();
                }

                certificates.Add(source, certificate);
            }

            return certificate;
        }
    }

    private void Configure(string name, EndpointConfiguration endpoint)
    {
        _configure(name, endpoint.ListenOptions);
        if (!endpoint.IsHttps)
        {
            return;
        }

        endpoint.ListenOptions.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = context =>
            {
                var policy = Volatile.Read(ref _endpoints)[name].Select(context.ClientHelloInfo.ServerName);
                context.AllowDelayedClientCertificateNegotation = policy.ClientCertificateMode == ClientCertificateMode.DelayCertificate;
                context.Connection.Items[ProtocolsMark] = policy.Protocols;
                return new(policy.ToOptions());
            },
        });
        endpoint.ListenOptions.Use(next => connection => IsAllowed(connection) ? next(connection) : Task.CompletedTask);
    }

    /// <summary>A client that names no protocol speaks HTTP/1.1, which the endpoint may have and the host name not.</summary>
    private static bool IsAllowed(ConnectionContext connection) =>
        connection.Features.Get<ITlsApplicationProtocolFeature>() is not { ApplicationProtocol.IsEmpty: true }
        || connection.Items[ProtocolsMark] is not HttpProtocols protocols
        || protocols.HasFlag(HttpProtocols.Http1);

    private static bool IsHttps(IConfigurationSection endpoint) =>
        endpoint["Url"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    private static Dictionary<string, string?> Read(IConfiguration configuration) => configuration.GetSection(KestrelSection).AsEnumerable()
        .Where(setting => setting.Value is not null)
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, string?> WithoutTls(IConfiguration settings)
    {
        var kestrel = settings.GetSection(KestrelSection);
        string[] hidden =
        [
            $"{KestrelSection}:Certificates",
            .. kestrel.GetSection("Endpoints").GetChildren().Where(IsHttps).Append(kestrel.GetSection("EndpointDefaults"))
                .SelectMany(section => OfTls.Select(name => $"{section.Path}:{name}")),
        ];
        return Read(settings)
            .Where(setting => !Array.Exists(hidden, key => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)
                || setting.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
