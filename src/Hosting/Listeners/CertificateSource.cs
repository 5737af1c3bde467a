using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Listeners;

/// <summary>
/// A <c>Certificate</c> section of Kestrel's that names files: PKCS #12, or PEM with the chain behind the certificate and
/// the key in <c>KeyPath</c> or in the same file.
/// </summary>
/// <param name="Path">Where the certificate is, as an absolute path.</param>
/// <param name="KeyPath">Where the key is, if it has a file of its own.</param>
/// <param name="Password">Of the key.</param>
internal sealed record CertificateSource(string Path, string? KeyPath, string? Password)
{
    private const string PemMark = "-----BEGIN ";

    /// <returns><c>null</c>: the section names no file.</returns>
    public static CertificateSource? Read(IConfigurationSection certificate) => certificate["Path"] is { Length: > 0 } path
        ? new(System.IO.Path.GetFullPath(path), certificate["KeyPath"] is { Length: > 0 } key ? System.IO.Path.GetFullPath(key) : null, certificate["Password"])
        : null;

    public IEnumerable<string> Files => KeyPath is null ? [Path] : [Path, KeyPath];

    /// <summary>Never the password.</summary>
    public override string ToString() => Path;

    /// <param name="contents">What the <see cref="Files"/> contain, in their order.</param>
    /// <exception cref="CryptographicException">They are no certificate with its key; the message names no secret.</exception>
    public SslStreamCertificateContext Load(IReadOnlyList<byte[]> contents)
    {
        var chain = new X509Certificate2Collection();
        X509Certificate2 certificate;
        var text = System.Text.Encoding.ASCII.GetString(contents[0]);
        if (KeyPath is not null || text.Contains(PemMark, StringComparison.Ordinal))
        {
            certificate = LoadPem(text, contents.Count > 1 ? System.Text.Encoding.ASCII.GetString(contents[1]) : text);
            chain.ImportFromPem(text);
        }
        else
        {
            chain = X509CertificateLoader.LoadPkcs12Collection(contents[0], Password);
            certificate = chain.FirstOrDefault(candidate => candidate.HasPrivateKey)
                ?? throw new CryptographicException("It has no private key.");
        }

        // The rest of the chain is sent with it: clients know roots, not what is between.
        return SslStreamCertificateContext.Create(certificate, chain);
    }

    private X509Certificate2 LoadPem(string certificate, string key)
    {
        try
        {
            var loaded = key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromEncryptedPem(certificate, key, Password)
                : X509Certificate2.CreateFromPem(certificate, key);
            if (!OperatingSystem.IsWindows())
            {
                return loaded;
            }

            // Schannel takes no key that exists in memory alone.
            using (loaded)
            {
                return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), password: null);
            }
        }
        catch (ArgumentException exception)
        {
            // A key of another certificate.
            throw new CryptographicException(exception.Message, exception);
        }
    }
}
