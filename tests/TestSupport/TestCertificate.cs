using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Eventicat.TestSupport;

/// <summary>A certificate for <c>localhost</c> that vouches for itself, in two PEM files that go with it.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("certificate-").FullName;

    public TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());
    }

    public string CertificatePath => Path.Combine(_folder, "certificate.pem");

    public string KeyPath => Path.Combine(_folder, "key.pem");

    /// <value>One more public endpoint, over TLS.</value>
    public (string Key, string? Value)[] Settings =>
    [
        ("Kestrel:Endpoints:PublicTls:Url", "https://127.0.0.1:0"),
        ("Kestrel:Endpoints:PublicTls:Certificate:Path", CertificatePath),
        ("Kestrel:Endpoints:PublicTls:Certificate:KeyPath", KeyPath),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
