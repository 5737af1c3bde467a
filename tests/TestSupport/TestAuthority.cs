using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Eventicat.TestSupport;

/// <summary>A root and an authority below it, whose certificates clients trust only when the one in between is sent along.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048);

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public TestAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Test root", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _root = root.CreateSelfSigned(_now.AddDays(-2), _now.AddDays(3));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var intermediate = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        intermediate.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var issued = intermediate.Create(_root, _now.AddDays(-1), _now.AddDays(2), [1]);
        _intermediate = issued.CopyWithPrivateKey(key);
    }

    /// <value>What a client has to trust.</value>
    public X509Certificate2 Root => _root;

    /// <summary>A certificate for this name, and its key.</summary>
    public (X509Certificate2 Certificate, ECDsa Key) Issue(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_intermediate, _now.AddDays(-1), _now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return (issued.CopyWithPrivateKey(key), key);
    }

    /// <summary>The certificate and the one between it and the root, and the key.</summary>
    public (string Chain, string Key) IssuePem(string name, string? password = null)
    {
        var (certificate, key) = Issue(name);
        using (certificate)
        using (key)
        {
            return ($"{certificate.ExportCertificatePem()}\n{_intermediate.ExportCertificatePem()}\n",
                password is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(password, Encryption));
        }
    }

    public byte[] IssuePkcs12(string name, string password)
    {
        var (certificate, key) = Issue(name);
        using (certificate)
        using (key)
        using (var between = X509CertificateLoader.LoadCertificate(_intermediate.RawData))
        {
            return new X509Certificate2Collection { certificate, between }.Export(X509ContentType.Pkcs12, password)!;
        }
    }

    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
    }
}
