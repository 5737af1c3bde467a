using Eventicat.Hosting.Configuration;
using Eventicat.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Hosting.Tests.Configuration;

public sealed class ConfigurationErrorsTests
{
    /// <summary>Options, and what rooms register besides: an operator corrects all of it in one go.</summary>
    [Fact]
    public void Errors_OfAllRooms_AreToldAtOnce()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => ServiceHost.Create(
            new CapturedLog(),
            static builder => builder.Services.AddSingleton<ConfigurationCheck>(static () => ["Other:Key: 'x' is wrong."]),
            ("Shutdown:DrainDelay", "5"), ("Serilog:MinimumLevel:Default", "Loud"), ("Kestrel:Endpoints:Public:Url", "8080")));

        Assert.Equal(
            [
                "Kestrel:Endpoints:Public:Url: '8080' is not a URL such as http://127.0.0.1:8080.",
                "Other:Key: 'x' is wrong.",
                "Serilog:MinimumLevel:Default: 'Loud' is not one of Verbose, Debug, Information, Warning, Error, Fatal.",
                "Shutdown:DrainDelay: '5' is not a duration; write hh:mm:ss or hh:mm:ss.fff.",
            ],
            error.Message.Split(Environment.NewLine).Order(StringComparer.Ordinal));
    }
}
