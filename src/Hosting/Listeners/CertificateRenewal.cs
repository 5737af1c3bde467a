using Eventicat.Hosting.Files;
using Microsoft.Extensions.Logging;

namespace Eventicat.Hosting.Listeners;

/// <summary>Looks at the certificates' files once a second: events of the file system do not follow links, and get lost.</summary>
internal sealed partial class CertificateRenewal(ConfiguredListeners listeners, TimeProvider time, ILogger<CertificateRenewal> logger)
    : FileTicks(Interval, time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override void Tick()
    {
        foreach (var certificate in listeners.Certificates)
        {
            switch (certificate.Tick(renewal => Tell(certificate, renewal)))
            {
                case LookNews.Hangs:
                    Log.Hangs(logger, certificate.Key, FileLook.Patience);
                    break;
                case LookNews.Returned:
                    Log.Answers(logger, certificate.Key);
                    break;
            }
        }
    }

    private void Tell(ServerCertificate certificate, Renewal renewal)
    {
        switch (renewal)
        {
            case Renewal.Broken:
                Log.Broken(logger, certificate.Key, certificate.Problem);
                break;
            case Renewal.Renewed:
                Log.Renewed(logger, certificate.Key, certificate.Context.TargetCertificate.NotAfter.ToUniversalTime());
                break;
            case Renewal.Mended:
                Log.Mended(logger, certificate.Key);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "CertificateRenewed",
            Message = "{Key}: new connections get the new certificate, which is valid until {NotAfter:u}")]
        public static partial void Renewed(ILogger logger, string key, DateTime notAfter);

        [LoggerMessage(Level = LogLevel.Error, EventName = "CertificateBroken",
            Message = "{Key}: the certificate cannot be used, the last one stays in force: {Problem}")]
        public static partial void Broken(ILogger logger, string key, string? problem);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "CertificateMended", Message = "{Key}: the certificate is as before again")]
        public static partial void Mended(ILogger logger, string key);

        [LoggerMessage(Level = LogLevel.Error, EventName = "CertificateHangs",
            Message = "{Key}: the certificate's files have not answered for {Patience}, the last one stays in force")]
        public static partial void Hangs(ILogger logger, string key, TimeSpan patience);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "CertificateAnswers", Message = "{Key}: the certificate's files answer again")]
        public static partial void Answers(ILogger logger, string key);
    }
}
