using System.Reflection;
using Eventicat.Control;

namespace Eventicat.Gateway.Tests.Conventions;

/// <summary>A gateway cannot change an account: whatever does is in an assembly that it does not come with.</summary>
public sealed class WallTests
{
    private static readonly Assembly Gateway = typeof(GatewayApplication).Assembly;

    [Fact]
    public void Gateway_WithAllThatItComesWith_HasNothingThatChangesAccounts() =>
        Assert.DoesNotContain(typeof(ControlExtensions).Assembly.GetName().Name, OwnAssemblies(Gateway).Select(assembly => assembly.GetName().Name));

    [Fact]
    public void Gateway_WithAllThatItComesWith_HasNoScriptsButThoseOfLimitsAndUsage() => Assert.Equal(
        [
            "Eventicat.Gateway.RateLimiting.sliding_window.lua",
            "Eventicat.Gateway.RateLimiting.sliding_window_peek.lua",
            "Eventicat.Gateway.Usage.Storing.Redis.record_usage.lua",
            "Eventicat.Redis.write_check.lua",
        ],
        OwnAssemblies(Gateway).SelectMany(assembly => assembly.GetManifestResourceNames())
            .Where(name => name.EndsWith(".lua", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Programs_ShowTheirInternalsToTestsOnly() => Assert.DoesNotContain(
        OwnAssemblies(Gateway).Append(typeof(ControlExtensions).Assembly)
            .SelectMany(assembly => assembly.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()),
        shown => !shown.AssemblyName.EndsWith(".Tests", StringComparison.Ordinal));

    private static HashSet<Assembly> OwnAssemblies(Assembly from)
    {
        var found = new HashSet<Assembly>();
        var open = new Queue<Assembly>([from]);
        while (open.TryDequeue(out var assembly))
        {
            if (found.Add(assembly))
            {
                assembly.GetReferencedAssemblies()
                    .Where(name => name.Name!.StartsWith("Eventicat.", StringComparison.Ordinal))
                    .Select(Assembly.Load).ToList().ForEach(open.Enqueue);
            }
        }

        return found;
    }
}
