using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Eventicat.TestSupport;

/// <summary>What a client sees of a handshake.</summary>
/// <param name="Name">The certificate's common name.</param>
/// <param name="Serial">Which of its certificates it is.</param>
/// <param name="Sent">How many certificates the server sent.</param>
/// <param name="IsTrusted">Whether they lead to the root.</param>
/// <param name="Protocol">Of TLS.</param>
/// <param name="Application">By ALPN.</param>
public sealed record TlsProbe(string Name, string Serial, int Sent, bool IsTrusted, SslProtocols Protocol, string Application)
{
    /// <exception cref="AuthenticationException">The server refused the handshake.</exception>
    /// <exception cref="IOException">It closed the connection.</exception>
    public static async Task<TlsProbe> ConnectAsync(
        Uri address, string host, X509Certificate2 root, CancellationToken cancellationToken, string application = "h2", X509Certificate2? client = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port, cancellationToken);
        var sent = 0;
        var isTrusted = false;
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ApplicationProtocols = application.Length == 0 ? null : [new SslApplicationProtocol(application)],
                ClientCertificates = client is null ? null : [client],
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                {
                    // What the server sent is where the chain may look; its own is there on some systems only.
                    sent = chain!.ChainPolicy.ExtraStore.Append((X509Certificate2)certificate!).DistinctBy(one => one.Thumbprint).Count();
                    using var strict = new X509Chain();
                    strict.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                    strict.ChainPolicy.CustomTrustStore.Add(root);
                    strict.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
                    strict.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                    strict.ChainPolicy.DisableCertificateDownloads = true;
                    isTrusted = strict.Build((X509Certificate2)certificate!);
                    return certificate is not null;
                },
            },
            cancellationToken);
        var remote = (X509Certificate2)tls.RemoteCertificate!;
        return new TlsProbe(
            remote.GetNameInfo(X509NameType.SimpleName, forIssuer: false), remote.SerialNumber, sent, isTrusted, tls.SslProtocol,
            tls.NegotiatedApplicationProtocol.ToString());
    }
}
