using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Listeners;

/// <summary>What a handshake offers: of an endpoint, or of one host name of it.</summary>
/// <param name="Certificate">Whose newest state each handshake takes.</param>
/// <param name="Protocols">Of HTTP.</param>
/// <param name="SslProtocols">None: what the system thinks right.</param>
/// <param name="ClientCertificateMode">Whether clients are asked for a certificate.</param>
internal sealed record TlsPolicy(
    ServerCertificate? Certificate, HttpProtocols Protocols, SslProtocols SslProtocols, ClientCertificateMode ClientCertificateMode)
{
    private static readonly TlsPolicy Default = new(null, HttpProtocols.Http1AndHttp2, SslProtocols.None, ClientCertificateMode.NoCertificate);

    /// <summary>What the section says, and where it says nothing what the policy before it says.</summary>
    public static TlsPolicy Read(IConfigurationSection section, Func<IConfigurationSection, ServerCertificate?> find, TlsPolicy? before = null)
    {
        before ??= Default;
        var ssl = section.GetSection("SslProtocols").GetChildren()
            .Select(protocol => Enum.TryParse<SslProtocols>(protocol.Value, ignoreCase: true, out var parsed) ? parsed : SslProtocols.None)
            .Aggregate(SslProtocols.None, (all, one) => all | one);
        return new(
            find(section.GetSection("Certificate")) ?? before.Certificate,
            Enum.TryParse<HttpProtocols>(section["Protocols"], ignoreCase: true, out var protocols) ? protocols : before.Protocols,
            ssl == SslProtocols.None ? before.SslProtocols : ssl,
            Enum.TryParse<ClientCertificateMode>(section["ClientCertificateMode"], ignoreCase: true, out var mode) ? mode : before.ClientCertificateMode);
    }

    public SslServerAuthenticationOptions ToOptions()
    {
        List<SslApplicationProtocol> application = [];
        if (Protocols.HasFlag(HttpProtocols.Http2))
        {
            application.Add(SslApplicationProtocol.Http2);
        }

        if (Protocols.HasFlag(HttpProtocols.Http1))
        {
            application.Add(SslApplicationProtocol.Http11);
        }

        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Certificate!.Context,
            EnabledSslProtocols = SslProtocols,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            ApplicationProtocols = application,
        };
        if (ClientCertificateMode != ClientCertificateMode.NoCertificate)
        {
            options.ClientCertificateRequired = ClientCertificateMode is ClientCertificateMode.AllowCertificate or ClientCertificateMode.RequireCertificate;
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is null
                ? ClientCertificateMode != ClientCertificateMode.RequireCertificate
                : errors == SslPolicyErrors.None;
        }

        return options;
    }
}
