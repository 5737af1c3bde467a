using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Eventicat.TestSupport.Redis;

/// <summary>Opens a port for TLS beside a server's plain one, with a certificate that nobody trusts.</summary>
public static class RedisTls
{
    /// <param name="server">Whose port.</param>
    /// <param name="folder">For <c>redis.crt</c> and its key.</param>
    /// <param name="opened">A port that is open already, and gets a new certificate; connections stay.</param>
    /// <returns>The port.</returns>
    public static async Task<int> OpenTlsPortAsync(this RedisServer server, string folder, int? opened = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var (certificateFile, keyFile) = (Path.Combine(folder, "redis.crt"), Path.Combine(folder, "redis.key"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        var port = opened ?? FreePort.Find();
        await server.ExecuteAsync(
            $"CONFIG SET tls-cert-file {certificateFile} tls-key-file {keyFile} tls-ca-cert-file {certificateFile} tls-auth-clients no tls-port {port}");
        return port;
    }
}
