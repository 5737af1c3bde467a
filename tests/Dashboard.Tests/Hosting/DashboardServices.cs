using Eventicat.Accounts;
using Eventicat.Control.Auditing;
using Eventicat.Control.Operations;
using Eventicat.Control.Users;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace Eventicat.Dashboard.Tests.Hosting;

/// <summary>The services of a dashboard that is not started. It has its own folder and clock.</summary>
internal sealed class DashboardServices : IAsyncDisposable
{
    private static readonly Actor Tester = Actor.CommandLine("test");

    private readonly WebApplication _app;
    private readonly string _folder = Directory.CreateTempSubdirectory("dashboard-test-").FullName;

    public DashboardServices(Action<IServiceCollection>? configure = null, params (string Key, string? Value)[] settings) =>
        _app = DashboardApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Kestrel:Endpoints:Dashboard:Url"] = "http://127.0.0.1:0",
                ["Accounts:File"] = Path.Combine(_folder, "accounts.json"),
            });
            builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
            builder.Services.AddSingleton<ILogEventSink>(new TestSupport.CapturedLog());
            builder.Services.AddSingleton<TimeProvider>(Time);
            // Faster, and not safe.
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
            configure?.Invoke(builder.Services);
        });

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public IServiceProvider Services => _app.Services;

    public UserOperations Users => Get<UserOperations>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async Task CreateAccountAsync(string id) => Assert.True(
        (await Get<AccountOperations>().CreateAsync(new OperationContext(Tester), AccountId.Parse(id), new AccountUpdate(), Cancellation)).Succeeded);

    /// <summary>Invites an operator, or the owner of an account, and gives them a password if there is one.</summary>
    public async Task<User> AddUserAsync(string name, string? account, string? password = null)
    {
        var userName = UserName.Parse(name);
        await Users.InviteAsync(Tester, userName, account is null ? null : AccountId.Parse(account), Cancellation);
        var user = (await Users.FindAsync(userName, Cancellation))!;
        if (password is not null)
        {
            await using var scope = Services.CreateAsyncScope();
            user.PasswordHash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<User>>().HashPassword(user, password);
            (user.Invitation, user.SecurityStamp) = (null, UserOperations.NewStamp());
            Assert.True(await Users.TrySaveAsync(user, Cancellation));
        }

        return user;
    }

    public Task DeleteUserAsync(string name) => Users.DeleteAsync(Tester, UserName.Parse(name), Cancellation);

    /// <summary>What the audit log says of a user, oldest first: who did what.</summary>
    public async Task<IReadOnlyList<string>> AuditOfAsync(string user)
    {
        var page = await Get<IAuditLog>().ReadAsync(new AuditQuery(Account: null, Before: null, Limit: 100), Cancellation);
        return [.. page.Entries.Where(entry => entry.Subject == user).Select(entry => $"{entry.Actor} {entry.Action}").Reverse()];
    }

    /// <summary>A page that a user has opened; <c>null</c>: nobody is signed in.</summary>
    public async Task<AsyncServiceScope> OpenPageAsync(User? user)
    {
        var scope = Services.CreateAsyncScope();
        var principal = user is null ? new() : await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<User>>().CreateAsync(user);
        var state = (IHostEnvironmentAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        return scope;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
