using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Hosting.Configuration;

/// <summary>
/// What a caller of <c>…Application.Create</c> adds. Its settings have to be there before services are registered, since
/// registrations read settings; its services have to come after those, since the container gives the last of a type.
/// </summary>
public sealed class CallerSetup
{
    private readonly WebApplicationBuilder _builder;
    private readonly List<ServiceDescriptor> _added;

    /// <param name="builder">Has the sources of the configuration, and no services of its own so far.</param>
    /// <param name="configure">Is called here; <c>null</c>: the caller adds nothing.</param>
    public CallerSetup(WebApplicationBuilder builder, Action<WebApplicationBuilder>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _builder = builder;
        var before = builder.Services.Count;
        configure?.Invoke(builder);
        _added = [.. builder.Services.Skip(before)];
    }

    /// <summary>Lets the caller's services win over those that were added since. One that was wrapped meanwhile stays wrapped.</summary>
    public void Win()
    {
        foreach (var service in _added)
        {
            if (_builder.Services.Remove(service))
            {
                _builder.Services.Add(service);
            }
        }
    }
}
