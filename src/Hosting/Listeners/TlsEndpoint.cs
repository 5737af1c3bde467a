using System.Security.Authentication;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Listeners;

/// <summary>
/// The policies of one endpoint, chosen by the host name that the client asks for as Kestrel documents it: the exact
/// name, then the longest <c>*.suffix</c>, then <c>*</c>. With names configured, others are refused.
/// </summary>
internal sealed class TlsEndpoint
{
    private const string Any = "*";

    private readonly TlsPolicy? _only;
    private readonly Dictionary<string, TlsPolicy> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly (string Suffix, TlsPolicy Policy)[] _suffixes = [];
    private readonly TlsPolicy? _any;

    public TlsEndpoint(IConfigurationSection endpoint, TlsPolicy defaults, Func<IConfigurationSection, ServerCertificate?> find)
    {
        var own = TlsPolicy.Read(endpoint, find, defaults);
        List<(string Name, TlsPolicy Policy)> names = [.. endpoint.GetSection("Sni").GetChildren().Select(name => (name.Key, TlsPolicy.Read(name, find, own)))];
        if (names.Count == 0)
        {
            _only = own;
            return;
        }

        _any = names.Find(name => name.Name == Any).Policy;
        _suffixes = [.. names.Where(name => IsSuffix(name.Name)).Select(name => (name.Name[1..], name.Policy)).OrderByDescending(name => name.Item1.Length)];
        foreach (var (name, policy) in names.Where(name => name.Name != Any && !IsSuffix(name.Name)))
        {
            _exact[name] = policy;
        }
    }

    /// <exception cref="AuthenticationException">No policy is for this name.</exception>
    public TlsPolicy Select(string? name)
    {
        if (_only is not null)
        {
            return _only;
        }

        if (!string.IsNullOrEmpty(name))
        {
            if (_exact.TryGetValue(name, out var exact))
            {
                return exact;
            }

            foreach (var (suffix, policy) in _suffixes)
            {
                if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                {
                    return policy;
                }
            }
        }

        return _any ?? throw new AuthenticationException("No certificate is configured for the host name that the client asks for.");
    }

    private static bool IsSuffix(string name) => name.StartsWith("*.", StringComparison.Ordinal);
}
