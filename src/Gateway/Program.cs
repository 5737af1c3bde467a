using System.Net.Sockets;
using Eventicat.Gateway;
using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.Shutdown;

try
{
    await using var app = GatewayApplication.Create(args);
    return await app.RunToExitCodeAsync();
}
catch (Exception exception) when (exception is InvalidConfigurationException or IOException or SocketException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
