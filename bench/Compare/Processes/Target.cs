namespace Eventicat.Bench.Compare.Processes;

/// <summary>Something that requests can be sent to.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="Proxy">The process that answers.</param>
/// <param name="ChecksKeys">Whether it must refuse a key that nobody has.</param>
/// <param name="Redis">The Redis that works for it, whose CPU is counted as well.</param>
internal sealed record Target(string Name, Uri Url, ChildProcess Proxy, bool ChecksKeys = false, RedisServer? Redis = null)
{
    public IEnumerable<string> ProcessNames => Processes.Select(process => process.Name);

    private IEnumerable<ChildProcess> Processes => Redis is null ? [Proxy] : [Proxy, Redis.Process];

    /// <returns>CPU time used so far, process by process.</returns>
    public TimeSpan[] ReadCpu() => [.. Processes.Select(process => process.Cpu)];
}
