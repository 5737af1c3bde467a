using Eventicat.Bench.Compare.Load;

namespace Eventicat.Bench.Compare.Processes;

/// <summary>Everything that runs: the backend, and in front of it each target. Ends what it started.</summary>
internal sealed class Testbed : IAsyncDisposable
{
    private const string PlainProject = "Eventicat.Bench.PlainProxy";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventicat-bench-");
    private readonly List<ChildProcess> _processes = [];
    private readonly List<Target> _targets = [];
    private readonly Programs _programs;
    private readonly Uri _backend = Ports.FindUrl();

    private Testbed() => _programs = new Programs(_folder.FullName);

    public RequestSet Requests { get; } = RequestSet.Create(accounts: 100);

    /// <value>The first one is what the others are compared with.</value>
    public IReadOnlyList<Target> Targets => _targets;

    public RedisServer? Redis { get; private set; }

    public static async Task<Testbed> StartAsync(CancellationToken cancellationToken)
    {
        var testbed = new Testbed();
        try
        {
            await testbed.StartAllAsync(cancellationToken);
            return testbed;
        }
        catch
        {
            await testbed.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _processes.ForEach(process => process.Dispose());
        if (Redis is not null)
        {
            await Redis.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        var backend = Keep(_programs.Start("backend", "Eventicat.Bench.Backend", "Eventicat.Bench.Backend.dll", $"--urls={_backend}"));
        await backend.WaitUntilAsync(() => Requests.SucceedsAsync(_backend, cancellationToken), cancellationToken);

        await AddPlainAsync("plain YARP", cancellationToken);
        await AddPlainAsync("plain YARP, no log filter", cancellationToken, "--Logging:LogLevel:Microsoft.AspNetCore=Information");
        await AddPlainAsync(
            "plain YARP, logging off", cancellationToken, "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.AspNetCore=None");

        var accounts = Path.Combine(_folder.FullName, "accounts.ndjson");
        await Requests.WriteAccountsAsync(accounts, cancellationToken);
        await ImportAsync(accounts, cancellationToken, "--accounts", "accounts.json");
        await AddGatewayAsync("gateway, limits in memory", redis: null, cancellationToken, "--Accounts:File=accounts.json");

        Redis = await RedisServer.TryStartAsync(_programs, cancellationToken);
        if (Redis is null)
        {
            await Console.Error.WriteLineAsync("There is no redis-server on the PATH: the gateway with Redis is left out.");
            return;
        }

        await ImportAsync(accounts, cancellationToken, "--redis", Redis.Address);
        await AddGatewayAsync("gateway, Redis", Redis, cancellationToken, $"--Redis:Connection={Redis.Address}");
    }

    private async Task ImportAsync(string accounts, CancellationToken cancellationToken, params string[] store) =>
        await Keep(_programs.Start("import", "Eventicat.Cli", "eventicat.dll", ["import", accounts, .. store])).WaitForSuccessAsync(cancellationToken);

    private Task AddPlainAsync(string name, CancellationToken cancellationToken, params string[] arguments)
    {
        var url = Ports.FindUrl();
        var process = Keep(_programs.StartAtHome(name, PlainProject, $"{PlainProject}.dll", [$"--urls={url}", Destination, .. arguments]));
        return AddAsync(new Target(name, url, process), cancellationToken);
    }

    private Task AddGatewayAsync(string name, RedisServer? redis, CancellationToken cancellationToken, params string[] arguments)
    {
        var url = Ports.FindUrl();
        var process = Keep(_programs.Start(
            name,
            "Eventicat.Gateway",
            "Eventicat.Gateway.dll",
            [$"--Kestrel:Endpoints:Public:Url={url}", $"--Kestrel:Endpoints:Management:Url={Ports.FindUrl()}", Destination, .. arguments]));
        return AddAsync(new Target(name, url, process, ChecksKeys: true, redis), cancellationToken);
    }

    private async Task AddAsync(Target target, CancellationToken cancellationToken)
    {
        await target.Proxy.WaitUntilAsync(() => Requests.SucceedsAsync(target.Url, cancellationToken), cancellationToken);
        await Requests.CheckRefusalAsync(target, cancellationToken);
        _targets.Add(target);
    }

    private string Destination => $"--ReverseProxy:Clusters:events:Destinations:sink:Address={_backend}";

    private ChildProcess Keep(ChildProcess process)
    {
        _processes.Add(process);
        return process;
    }
}
