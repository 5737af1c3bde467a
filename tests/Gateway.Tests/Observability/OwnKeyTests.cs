using Eventicat.Accounts;
using Eventicat.Hosting.Logging;

namespace Eventicat.Gateway.Tests.Observability;

/// <summary>The mask of the log knows the form of keys; whoever changes it changes both.</summary>
public sealed class OwnKeyTests
{
    [Fact]
    public void Apply_OwnKeyAnywhere_KeepsItsPublicPart()
    {
        var key = ApiKey.Generate(out var id);

        Assert.Equal($"at Foo({{evc_{id}_***}})", SecretMask.Apply($"at Foo({{{key.Reveal()}}})"));
    }
}
