using Eventicat.Control.Users;
using Eventicat.Dashboard.SignIn;
using Eventicat.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Eventicat.Dashboard.Tests.SignIn;

public sealed class PasswordSignInTests
{
    private const string Password = "a password that is right";
    private const string Wrong = "a password that is wrong";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ada")]
    [InlineData(" ADA ")]
    public async Task RightPassword_SignsIn_AndIsRecorded(string name)
    {
        await using var dashboard = new DashboardServices();
        await dashboard.AddUserAsync("ada", "acme", Password);

        var (succeeded, cookie) = await TryAsync(dashboard, name, Password);

        Assert.True(succeeded);
        Assert.StartsWith("__Host-eventicat=", cookie, StringComparison.Ordinal);
        Assert.Equal(dashboard.Time.GetUtcNow(), (await FindAdaAsync(dashboard)).LastSignIn);
        Assert.Equal("owner:ada user.sign-in", (await dashboard.AuditOfAsync("ada"))[^1]);
    }

    [Theory]
    [InlineData("ada", Wrong)]
    [InlineData("ada", "")]
    [InlineData("ada", null)]
    [InlineData("nobody", Password)]
    [InlineData("not a name", Password)]
    [InlineData(null, Password)]
    [InlineData("invited", Password)]
    public async Task AnythingElse_DoesNot(string? name, string? password)
    {
        await using var dashboard = new DashboardServices();
        await dashboard.AddUserAsync("ada", "acme", Password);
        await dashboard.AddUserAsync("invited", "acme");

        Assert.Equal((false, ""), await TryAsync(dashboard, name, password));
        Assert.Null((await FindAdaAsync(dashboard)).LastSignIn);
    }

    [Fact]
    public async Task PasswordOfMoreThanTheMost_IsNotHashed()
    {
        var hasher = new CountingHasher();
        await using var dashboard = new DashboardServices(services => services.AddSingleton<IPasswordHasher<User>>(hasher));
        await dashboard.AddUserAsync("ada", "acme", Password);
        var before = hasher.Hashed;

        Assert.Equal((false, ""), await TryAsync(dashboard, "ada", new string('x', PasswordRules.MaxLength + 1)));
        Assert.Equal(before, hasher.Hashed);
    }

    /// <summary>Otherwise the time that an answer takes would show which names exist.</summary>
    [Theory]
    [InlineData("nobody")]
    [InlineData("invited")]
    public async Task PasswordOfNobody_IsHashedAllTheSame(string name)
    {
        var hasher = new CountingHasher();
        await using var dashboard = new DashboardServices(services => services.AddSingleton<IPasswordHasher<User>>(hasher));
        await dashboard.AddUserAsync("invited", "acme");

        await TryAsync(dashboard, name, Password);

        Assert.Equal(1, hasher.Hashed);
    }

    [Fact]
    public async Task FiveWrongPasswords_LockTheUserOut_ForFiveMinutes()
    {
        await using var dashboard = new DashboardServices();
        await dashboard.AddUserAsync("ada", "acme", Password);
        for (var i = 0; i < 7; i++)
        {
            Assert.False((await TryAsync(dashboard, "ada", Wrong)).Succeeded);
        }

        Assert.False((await TryAsync(dashboard, "ada", Password)).Succeeded);
        Assert.Equal(["owner:ada user.lockout"], (await dashboard.AuditOfAsync("ada")).Where(entry => !entry.StartsWith("cli:", StringComparison.Ordinal)));
        var user = await FindAdaAsync(dashboard);
        Assert.InRange(user.LockoutEnd!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));

        user.LockoutEnd = TimeProvider.System.GetUtcNow();
        await dashboard.Users.TrySaveAsync(user, Cancellation);

        Assert.True((await TryAsync(dashboard, "ada", Password)).Succeeded);
    }

    [Fact]
    public async Task WrongPasswordsAtTheSameTime_AreCheckedNoMoreOftenThanOneAfterTheOther()
    {
        var hasher = new CountingHasher();
        await using var dashboard = new DashboardServices(services => services.AddSingleton<IPasswordHasher<User>>(hasher));
        await dashboard.AddUserAsync("ada", "acme", Password);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => TryAsync(dashboard, "ada", Wrong), Cancellation)));

        Assert.All(attempts, attempt => Assert.False(attempt.Succeeded));
        Assert.Equal(5, hasher.Verified);
        Assert.Single(await dashboard.AuditOfAsync("ada"), "owner:ada user.lockout");
    }

    private static async Task<(bool Succeeded, string Cookie)> TryAsync(DashboardServices dashboard, string? name, string? password)
    {
        await using var scope = dashboard.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        dashboard.Get<IHttpContextAccessor>().HttpContext = context;
        var succeeded = await scope.ServiceProvider.GetRequiredService<PasswordSignIn>().TryAsync(name, password, Cancellation);
        return (succeeded, context.Response.Headers.SetCookie.ToString());
    }

    private static async Task<User> FindAdaAsync(DashboardServices dashboard) => (await dashboard.Users.FindAsync(UserName.Parse("ada"), Cancellation))!;

    private sealed class CountingHasher : PasswordHasher<User>
    {
        private int _hashed;
        private int _verified;

        public int Hashed => _hashed;

        public int Verified => _verified;

        public override string HashPassword(User user, string password)
        {
            Interlocked.Increment(ref _hashed);
            return "hash of " + password;
        }

        public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _verified);
            return hashedPassword == "hash of " + providedPassword ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
        }
    }
}
