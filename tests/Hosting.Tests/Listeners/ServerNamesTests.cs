using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Eventicat.Hosting.Configuration;
using Eventicat.TestSupport;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Tests.Listeners;

/// <summary>Kestrel's TLS settings mean what Kestrel documents, host names (SNI) among them; what cannot work is refused at start.</summary>
public sealed class ServerNamesTests : IAsyncLifetime
{
    private const string Tls = "Kestrel:Endpoints:PublicTls";

    private readonly TestAuthority _authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("hosting-sni-").FullName;
    private ServiceHost? _service;

    public ValueTask InitializeAsync()
    {
        foreach (var name in new[] { "own", "a", "b", "c", "wild", "deep" })
        {
            var (chain, key) = _authority.IssuePem(name);
            File.WriteAllText(Path.Combine(_folder, name + ".pem"), chain + key);
        }

        return default;
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Names_ChooseCertificateAndProtocols()
    {
        await StartAsync(
            ($"{Tls}:Sni:a.example:Certificate:Path", PathOf("a")),
            ($"{Tls}:Sni:*.example:Certificate:Path", PathOf("wild")),
            ($"{Tls}:Sni:*.deep.example:Certificate:Path", PathOf("deep")),
            ($"{Tls}:Sni:b.other:Protocols", "Http1"),
            ($"{Tls}:Sni:b.other:SslProtocols:0", "Tls12"),
            ($"{Tls}:Sni:c.other:Protocols", "Http2"));

        Assert.Equal(("a", "h2", 2), Shape(await ProbeAsync("A.example")));
        Assert.Equal(("wild", "h2", 2), Shape(await ProbeAsync("x.example")));
        Assert.Equal(("deep", "h2", 2), Shape(await ProbeAsync("x.deep.example")));
        var old = await ProbeAsync("b.other", "http/1.1");
        Assert.Equal(("own", "http/1.1", SslProtocols.Tls12), (old.Name, old.Application, old.Protocol));
        await Assert.ThrowsAnyAsync<Exception>(() => ProbeAsync("b.other"));
        Assert.Equal(("own", "h2", 2), Shape(await ProbeAsync("c.other")));
        await Assert.ThrowsAnyAsync<Exception>(() => ProbeAsync("example"));
        await Assert.ThrowsAnyAsync<Exception>(() => ProbeAsync("unknown.other"));

        static (string, string, int) Shape(TlsProbe probe) => (probe.Name, probe.Application, probe.Sent);
    }

    [Fact]
    public async Task Names_AnyOther_GoToTheStar()
    {
        await StartAsync(($"{Tls}:Sni:a.example:Certificate:Path", PathOf("a")), ($"{Tls}:Sni:*:Certificate:Path", PathOf("wild")));

        Assert.Equal("a", (await ProbeAsync("a.example")).Name);
        Assert.Equal("wild", (await ProbeAsync("unknown.other")).Name);
    }

    /// <summary>Without ALPN a client speaks HTTP/1.1, which this name does not have.</summary>
    [Fact]
    public async Task Name_OfHttp2Alone_AnswersNoHttp1()
    {
        await StartAsync(($"{Tls}:Sni:c.other:Protocols", "Http2"));

        Assert.Equal("", await SendAsync("c.other"));
    }

    [Fact]
    public async Task ClientCertificates_AreAskedFor_WhereTheNameSaysSo()
    {
        await StartAsync(($"{Tls}:Sni:a.example:ClientCertificateMode", "RequireCertificate"), ($"{Tls}:Sni:*:ClientCertificateMode", "NoCertificate"));

        // With TLS 1.3 the client learns of the refusal when it reads.
        Assert.False(await AnswersAsync("a.example"));
        Assert.True(await AnswersAsync("b.example"));
    }

    [Fact]
    public async Task Reload_OfAnotherCertificateFile_ClosesNothing_AndABadOneChangesNothing()
    {
        var settings = Path.Combine(_folder, "appsettings.json");
        Write(PathOf("a"));
        _service = await ServiceHost.StartAsync(builder => builder.Configuration.AddJsonFile(settings, optional: false, reloadOnChange: true),
            (Tls + ":Url", "https://127.0.0.1:0"), ("Kestrel:Endpoints:Public:Url", "http://127.0.0.1:0"));
        var address = Address;
        Assert.Equal("a", (await ProbeAsync("x")).Name);

        Write(PathOf("b"));
        await Eventually.TrueAsync(async () => (await ProbeAsync("x")).Name == "b");
        Write(PathOf("missing"));
        await Eventually.TrueAsync(() => _service.Log.Rendered.Any(line => line.Contains("Settings were not taken over", StringComparison.Ordinal)));
        Assert.Equal("b", (await ProbeAsync("x")).Name);
        Assert.Contains("\"listeners\":\"stale\"", await _service.Management.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Write(PathOf("c"));
        await Eventually.TrueAsync(async () => (await ProbeAsync("x")).Name == "c");
        Assert.Equal(address, Address);
        Assert.DoesNotContain("   at ", _service.Log.ToString(), StringComparison.Ordinal);

        void Write(string file)
        {
            File.WriteAllText(settings + ".new", JsonSerializer.Serialize(new Dictionary<string, string> { [Tls + ":Certificate:Path"] = file }));
            File.Move(settings + ".new", settings, overwrite: true);
        }
    }

    [Theory]
    [InlineData(Tls + ":Url", "https://127.0.0.1:0", Tls + ":Certificate: https needs one; name its Path, or that of Kestrel:Certificates:Default.")]
    [InlineData(Tls + ":Url", "tls://127.0.0.1:0", Tls + ":Url: 'tls://127.0.0.1:0' is not a URL such as http://127.0.0.1:8080.")]
    [InlineData("Kestrel:Certificates:Default:Path", "/no/such/file", "Kestrel:Certificates:Default:Path: '/no/such/file' cannot be used: there is no such file.")]
    [InlineData("Kestrel:Certificates:Default:Subject", "localhost", "Kestrel:Certificates:Default:Subject: is not a setting; there are Path, KeyPath, Password.")]
    [InlineData("Kestrel:Endpoints:Public:Certificate:Path", "/x.pem", "Kestrel:Endpoints:Public:Certificate: is for https, and the endpoint's Url is 'http://127.0.0.1:0'.")]
    [InlineData("Kestrel:Endpoints:Public:Certficate:Path", "/x.pem", "Kestrel:Endpoints:Public:Certficate: is not a setting; there are Url, Protocols, SslProtocols, ClientCertificateMode, Certificate, Sni.")]
    [InlineData("Kestrel:Endpoints:Public:Protocols", "Http4", "Kestrel:Endpoints:Public:Protocols: 'Http4' is not one of Http1, Http2, Http1AndHttp2, Http3, Http1AndHttp2AndHttp3.")]
    [InlineData("Kestrel:EndpointDefaults:SslProtocols", "Tls13, Tls14", "Kestrel:EndpointDefaults:SslProtocols:1: 'Tls14' is not one of Ssl2, Ssl3, Tls, Default, Tls11, Tls12, Tls13.")]
    public void Create_WhatCannotWork_IsOneLine(string key, string value, string expected)
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => Create((key, value)));

        Assert.Contains(expected, error.Message.Split(Environment.NewLine));
        Assert.True(error.Message.Split(Environment.NewLine).Length <= 2);
    }

    [Fact]
    public void Create_WrongPassword_IsOneLineWithoutIt()
    {
        var file = Path.Combine(_folder, "own.pfx");
        File.WriteAllBytes(file, _authority.IssuePkcs12("own", "right"));
        var error = Assert.Throws<InvalidConfigurationException>(() => Create(
            (Tls + ":Url", "https://127.0.0.1:0"), (Tls + ":Certificate:Path", file), (Tls + ":Certificate:Password", "hunter2"),
            (Tls + ":Protocols", "Http1"), (Tls + ":Sni:a.example:Protocols", "Http2")));

        var lines = error.Message.Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.Contains($"{Tls}:Sni:a.example:Protocols: 'Http2' is more than the endpoint's Protocols allow.", lines);
        Assert.Single(lines, line => line.StartsWith($"{Tls}:Certificate:Path: '{file}' cannot be used: ", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    private static void Create(params (string Key, string? Value)[] settings) => ServiceHost.Create(new CapturedLog(), static _ => { }, settings);

    private Uri Address => _service!.AddressOf("https");

    private string PathOf(string name) => Path.Combine(_folder, name + ".pem");

    private async Task StartAsync(params (string Key, string? Value)[] settings) => _service = await ServiceHost.StartAsync(
        [(Tls + ":Url", "https://127.0.0.1:0"), (Tls + ":Certificate:Path", PathOf("own")), .. settings]);

    private Task<TlsProbe> ProbeAsync(string name, string application = "h2") =>
        TlsProbe.ConnectAsync(Address, name, _authority.Root, TestContext.Current.CancellationToken, application);

    private async Task<bool> AnswersAsync(string host) => await SendAsync(host) is { Length: > 0 } answer && answer.StartsWith("HTTP/1.1 401", StringComparison.Ordinal);

    /// <summary>A request over HTTP/1.1 without ALPN.</summary>
    /// <returns>What came back; nothing when the server closed.</returns>
    private async Task<string> SendAsync(string host)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false, static (_, certificate, _, _) => certificate is not null);
        using var answer = new MemoryStream();
        try
        {
            await tls.AuthenticateAsClientAsync(host);
            await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/event HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
            await tls.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Closed without a farewell.
        }

        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
