namespace Eventicat.Hosting.TrustedProxies;

/// <summary>Section <c>ForwardedHeaders</c>.</summary>
public sealed class ForwardedHeadersSettings
{
    public const string Section = "ForwardedHeaders";

    /// <value>
    /// Addresses (<c>10.0.0.5</c>) and networks (<c>10.0.0.0/8</c>) whose <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> are believed. Default none: anybody can send those headers.
    /// </value>
    public string[] KnownProxies { get; set; } = [];
}
