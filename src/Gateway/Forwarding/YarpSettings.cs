using System.Security.Authentication;
using Eventicat.Hosting.Configuration;
using Yarp.ReverseProxy.Configuration;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// The settings that YARP reads and the gateway serves. YARP passes over names it does not know and tells only of the
/// first value it cannot read, without its key.
/// </summary>
internal static class YarpSettings
{
    private static readonly SettingShape Texts = SettingShape.ListOf(SettingShape.Text);

    private static readonly SettingShape Route = SettingShape.Members(
        ("ClusterId", SettingShape.Text),
        ("Order", SettingShape.WholeNumber),
        ("Match", SettingShape.Members(
            ("Path", SettingShape.Text),
            ("Methods", Texts),
            ("Hosts", Texts),
            ("Headers", Matches(SettingShape.NameOf<HeaderMatchMode>())),
            ("QueryParameters", Matches(SettingShape.NameOf<QueryParameterMatchMode>())))),
        ("AuthorizationPolicy", SettingShape.Text),
        ("MaxRequestBodySize", SettingShape.LongNumber),
        ("Metadata", SettingShape.Members([.. RouteErrors.MetadataNames.Select(name => (name, SettingShape.Text))])),
        ("Transforms", SettingShape.ListOf(SettingShape.Named(SettingShape.Text))));

    private static readonly SettingShape SessionAffinity = SettingShape.Members(
        ("Enabled", SettingShape.Flag),
        ("Policy", SettingShape.Text),
        ("FailurePolicy", SettingShape.Text),
        ("AffinityKeyName", SettingShape.Text),
        ("Cookie", SettingShape.Members(
            ("Path", SettingShape.Text),
            ("Domain", SettingShape.Text),
            ("HttpOnly", SettingShape.Flag),
            ("IsEssential", SettingShape.Flag),
            ("SameSite", SettingShape.NameOf<SameSiteMode>()),
            ("SecurePolicy", SettingShape.NameOf<CookieSecurePolicy>()),
            ("MaxAge", SettingShape.Duration),
            ("Expiration", SettingShape.Duration))));

    private static readonly SettingShape HealthCheck = SettingShape.Members(
        ("AvailableDestinationsPolicy", SettingShape.Text),
        ("Passive", SettingShape.Members(
            ("Enabled", SettingShape.Flag),
            ("Policy", SettingShape.Text),
            ("ReactivationPeriod", SettingShape.Duration))),
        ("Active", SettingShape.Members(
            ("Enabled", SettingShape.Flag),
            ("Interval", SettingShape.Duration),
            ("Timeout", SettingShape.Duration),
            ("Policy", SettingShape.Text),
            ("Path", SettingShape.Text),
            ("Query", SettingShape.Text))));

    private static readonly SettingShape HttpClient = SettingShape.Members(
#pragma warning disable CS0618, SYSLIB0039, CA5397 // Named to be refused: they fail with each request.
        ("SslProtocols", SettingShape.ListOf(SettingShape.NameOf(SslProtocols.Default, SslProtocols.Ssl2, SslProtocols.Ssl3))),
#pragma warning restore CS0618, SYSLIB0039, CA5397
        ("DangerousAcceptAnyServerCertificate", SettingShape.Flag),
        ("MaxConnectionsPerServer", SettingShape.WholeNumber),
        ("EnableMultipleHttp2Connections", SettingShape.Flag),
        // Bytes go on as they came; nothing else can be meant.
        ("RequestHeaderEncoding", SettingShape.OneOf("Latin1", "iso-8859-1")),
        ("ResponseHeaderEncoding", SettingShape.OneOf("Latin1", "iso-8859-1")),
        ("WebProxy", SettingShape.Members(
            ("Address", SettingShape.Text),
            ("BypassOnLocal", SettingShape.Flag),
            ("UseDefaultCredentials", SettingShape.Flag))));

    private static readonly SettingShape Cluster = SettingShape.Members(
        ("Destinations", SettingShape.Named(SettingShape.Members(
            ("Address", SettingShape.Text),
            ("Health", SettingShape.Text),
            ("Host", SettingShape.Text),
            ("Metadata", SettingShape.Named(SettingShape.Text))))),
        ("LoadBalancingPolicy", SettingShape.Text),
        ("SessionAffinity", SessionAffinity),
        ("HealthCheck", HealthCheck),
        ("HttpClient", HttpClient),
        ("HttpRequest", SettingShape.Members(
            ("ActivityTimeout", SettingShape.Duration),
            ("Version", SettingShape.OneOf("1.1", "2", "2.0", "3", "3.0")),
            ("VersionPolicy", SettingShape.NameOf<HttpVersionPolicy>()),
            ("AllowResponseBuffering", SettingShape.Flag))),
        ("Metadata", SettingShape.Named(SettingShape.Text)));

    public static SettingShape Shape { get; } = SettingShape.Members(
        ("Routes", SettingShape.Named(Route)), ("Clusters", SettingShape.Named(Cluster)));

    private static SettingShape Matches(SettingShape mode) => SettingShape.ListOf(SettingShape.Members(
        ("Name", SettingShape.Text), ("Values", SettingShape.ListOfWhole(SettingShape.Text)), ("Mode", mode), ("IsCaseSensitive", SettingShape.Flag)));
}
