using System.Collections.Concurrent;
using System.Collections.Frozen;
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
/// The endpoints of section <c>Kestrel</c>. Kestrel opens them, and opens one anew when its address changes. It does not see
/// their settings of TLS, since it would close a listener for each new certificate; handshakes get those from here.
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
    private readonly ConcurrentDictionary<string, ListenOptions> _opened = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private IConfiguration _accepted;
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
        Settings = new AcceptedSettings(() => ListenerErrors.Shape.Read(configuration, KestrelSection));
        _accepted = Settings.Configuration;
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

    /// <summary>What is wrong with settings that are to be taken over, other addresses that cannot be opened among it.</summary>
    public IEnumerable<string> FindErrors(IConfiguration settings)
    {
        List<string> errors = [.. ListenerErrors.Find(settings)];
        if (errors.Count > 0)
        {
            return errors;
        }

        lock (_gate)
        {
            var (before, after) = (WithoutTls(_accepted), WithoutTls(settings));
            var freed = _opened.Where(opened => IsChanged(opened.Key, before, after))
                .Select(opened => opened.Value.IPEndPoint?.Port).OfType<int>().ToHashSet();
            var moved = EndpointsOf(settings).Where(endpoint => endpoint["Url"] != _accepted[$"{endpoint.Path}:Url"]);
            return AddressTrial.FindErrors(moved, freed, listens: true).ConvertAll(error => error.ToString());
        }
    }

    /// <summary>The addresses that cannot be opened at the start.</summary>
    public IReadOnlyList<SettingError> FindUnusableAddresses() => AddressTrial.FindErrors(EndpointsOf(_accepted), freed: FrozenSet<int>.Empty, listens: false);

    /// <summary>Takes over settings that have no errors.</summary>
    public void Accept(IConfiguration settings)
    {
        lock (_gate)
        {
            UseCertificates(settings);
            _accepted = settings;
            Show(WithoutTls(settings));
        }
    }

    /// <summary>The endpoints that should be open and are not: their addresses were taken by somebody while they were closed.</summary>
    /// <param name="addresses">What the server listens on.</param>
    public IReadOnlyList<IConfigurationSection> FindClosed(ICollection<string> addresses) =>
        [.. EndpointsOf(_accepted).Where(endpoint => !_opened.TryGetValue(endpoint.Key, out var opened) || !addresses.Contains($"{opened}"))];

    public IEnumerable<string> FindOpen(ICollection<string> addresses) =>
        EndpointsOf(_accepted).Select(endpoint => endpoint.Key).Except(FindClosed(addresses).Select(endpoint => endpoint.Key), StringComparer.OrdinalIgnoreCase);

    /// <summary>Kestrel tries an endpoint that it could not open again only when it has gone meanwhile.</summary>
    /// <param name="endpoints">The ones that are not open.</param>
    public void Withdraw(IEnumerable<IConfigurationSection> endpoints)
    {
        lock (_gate)
        {
            List<string> hidden = [.. endpoints.Select(endpoint => endpoint.Path + ":")];
            Show(WithoutTls(_accepted)
                .Where(setting => !hidden.Exists(prefix => setting.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                .ToDictionary(StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>Shows the server again what was withdrawn.</summary>
    public void Restore()
    {
        lock (_gate)
        {
            Show(WithoutTls(_accepted));
        }
    }

    private void Show(IReadOnlyDictionary<string, string?> settings)
    {
        if (!_shown.IsSame(settings))
        {
            _shown.Replace(settings);
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
        _opened[name] = endpoint.ListenOptions;
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

    private static IEnumerable<IConfigurationSection> EndpointsOf(IConfiguration settings) =>
        settings.GetSection($"{KestrelSection}:Endpoints").GetChildren();

    /// <summary>Whether Kestrel closes the endpoint before it opens others.</summary>
    private static bool IsChanged(string name, Dictionary<string, string?> before, Dictionary<string, string?> after) =>
        new[] { $"{KestrelSection}:Endpoints:{name}:", $"{KestrelSection}:EndpointDefaults:" }.Any(prefix => !Part(before, prefix).SetEquals(Part(after, prefix)));

    private static HashSet<(string, string?)> Part(Dictionary<string, string?> settings, string prefix) =>
        [.. settings.Where(setting => setting.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(setting => (setting.Key.ToUpperInvariant(), setting.Value))];

    private static bool IsHttps(IConfigurationSection endpoint) =>
        endpoint["Url"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    private static Dictionary<string, string?> WithoutTls(IConfiguration settings)
    {
        var kestrel = settings.GetSection(KestrelSection);
        string[] hidden =
        [
            $"{KestrelSection}:Certificates",
            .. kestrel.GetSection("Endpoints").GetChildren().Where(IsHttps).Append(kestrel.GetSection("EndpointDefaults"))
                .SelectMany(section => OfTls.Select(name => $"{section.Path}:{name}")),
        ];
        return AcceptedSettings.Flatten(settings, KestrelSection)
            .Where(setting => !Array.Exists(hidden, key => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)
                || setting.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
