namespace Eventicat.Gateway.Tests.Freshness;

public sealed class FileFreshnessTests : FreshnessContract
{
    protected override (string Key, string? Value)[] Settings => [];
}
