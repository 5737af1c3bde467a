using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using StackExchange.Redis;

namespace Eventicat.Redis.Servers;

/// <summary>
/// Knocks at the address where the client could only say that the connection failed. Whoever mixes up TLS and plain
/// sees no more than a timeout or a reset; what the server says to a bare PING tells them apart. No secret is sent.
/// </summary>
internal sealed class RedisDoor(ConfigurationOptions configuration, EndPoint address)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly byte[] Ping = "PING\r\n"u8.ToArray();

    private bool HasPassword => !string.IsNullOrEmpty(configuration.Password);

    /// <returns>
    /// <see cref="RedisCause.Unclear"/> where nothing speaks against the way it is connected to, or it cannot be found out:
    /// whoever asks knows already that something is wrong, and has to go on.
    /// </returns>
    public async Task<RedisCause> KnockAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = await PingAsync(cancellationToken);
            return reply.Length == 0 ? await AskForCertificateAsync(cancellationToken)
                : reply[0] == '-' && RedisFailure.ClassifyReply(reply[1..], HasPassword) is var cause and (RedisCause.ProtectedMode or RedisCause.TooManyClients) ? cause
                : configuration.Ssl && reply[0] is '+' or '-' ? RedisCause.PlainExpected
                : RedisCause.Unclear;
        }
        catch (SocketException exception) when (address is UnixDomainSocketEndPoint && exception.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // There is no such file.
            return RedisCause.NobodyListens;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return RedisFailure.Classify(exception, HasPassword);
        }
    }

    /// <returns>What is said to it; nothing, if nothing is, as by a server that waits for TLS.</returns>
    private async Task<string> PingAsync(CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(cancellationToken);
        using var limited = Limit(cancellationToken);
        var reply = new byte[64];
        try
        {
            await socket.SendAsync(Ping, limited.Token);
            return Encoding.ASCII.GetString(reply, 0, await socket.ReceiveAsync(reply, limited.Token));
        }
        catch (Exception exception) when (exception is SocketException || IsLate(exception, cancellationToken))
        {
            return "";
        }
    }

    private async Task<RedisCause> AskForCertificateAsync(CancellationToken cancellationToken)
    {
        var cause = RedisCause.Unclear;
        using var limited = Limit(cancellationToken);
        await using var stream = new NetworkStream(await ConnectAsync(cancellationToken), ownsSocket: true);
        await using var tls = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = configuration.SslHost ?? (address as DnsEndPoint)?.Host ?? (address as IPEndPoint)?.Address.ToString(),
            RemoteCertificateValidationCallback = (_, _, _, errors) =>
            {
                cause = !configuration.Ssl ? RedisCause.TlsExpected
                    : errors != SslPolicyErrors.None ? RedisCause.CertificateRefused
                    : RedisCause.Unclear;
                return errors == SslPolicyErrors.None;
            },
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, limited.Token);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException || IsLate(exception, cancellationToken))
        {
            // It was asked for its certificate, no more.
        }

        return cause;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limited = Limit(cancellationToken);
        var socket = address switch
        {
            IPEndPoint { AddressFamily: var family } => new Socket(family, SocketType.Stream, ProtocolType.Tcp),
            UnixDomainSocketEndPoint => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            _ => new Socket(SocketType.Stream, ProtocolType.Tcp),
        };
        try
        {
            await socket.ConnectAsync(address, limited.Token);
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw IsLate(exception, cancellationToken) ? new SocketException((int)SocketError.TimedOut) : exception;
        }
    }

    private static CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        return limited;
    }

    private static bool IsLate(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;
}
