using Eventicat.Accounts;
using Eventicat.Control.Auditing;
using Eventicat.Control.Users;
using Eventicat.Dashboard.SignIn;
using Eventicat.Dashboard.Tests.Hosting;

namespace Eventicat.Dashboard.Tests.SignIn;

public sealed class WelcomingTests
{
    private const string Password = "correct horse battery";

    private static readonly UserName Ada = UserName.Parse("ada");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invitation_SetsThePasswordOnce_AndEndsOlderSessions()
    {
        await using var dashboard = new DashboardServices();
        var before = await dashboard.AddUserAsync("ada", "acme", "an older password");
        var code = await InviteAsync(dashboard);

        Assert.Equal([], await AcceptAsync(dashboard, "ada", code, Password));

        var user = (await dashboard.Users.FindAsync(Ada, Cancellation))!;
        Assert.NotEqual((before.PasswordHash, before.SecurityStamp), (user.PasswordHash, user.SecurityStamp));
        Assert.Equal(["owner:ada user.password", "owner:ada user.sign-in"], (await dashboard.AuditOfAsync("ada")).TakeLast(2));
        Assert.Contains("not valid, or was used already", Assert.Single(await AcceptAsync(dashboard, "ada", code, Password)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada", "another code", Password, "not valid")]
    [InlineData("ada", null, Password, "not valid")]
    [InlineData("bob", "", Password, "not valid")]
    [InlineData("ada", "", "too short", "at least 12 characters")]
    [InlineData("ada", "", "aaaaaaaaaaaa", "at least 5 different characters")]
    [InlineData("ada", "", "adamant and long", "must not contain your name")]
    public async Task WhatIsWrong_IsSaid_AndTheInvitationStays(string name, string? code, string password, string problem)
    {
        await using var dashboard = new DashboardServices();
        var right = await InviteAsync(dashboard);

        Assert.Contains(problem, Assert.Single(await AcceptAsync(dashboard, name, code is "" ? right : code, password)), StringComparison.Ordinal);

        Assert.Null((await dashboard.Users.FindAsync(Ada, Cancellation))!.PasswordHash);
        Assert.Equal([], await AcceptAsync(dashboard, "ada", right, Password));
    }

    [Fact]
    public async Task Invitation_OfMoreThanThreeDays_IsNotValid()
    {
        await using var dashboard = new DashboardServices();
        var code = await InviteAsync(dashboard);
        dashboard.Time.Advance(UserOperations.InvitationLifetime);

        Assert.Single(await AcceptAsync(dashboard, "ada", code, Password));
    }

    private static async Task<string> InviteAsync(DashboardServices dashboard) =>
        (await dashboard.Users.InviteAsync(Actor.CommandLine("test"), Ada, AccountId.Parse("acme"), Cancellation)).Secret;

    private static async Task<IReadOnlyList<string>> AcceptAsync(DashboardServices dashboard, string name, string? code, string password)
    {
        await using var scope = dashboard.Services.CreateAsyncScope();
        dashboard.Get<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        return await scope.ServiceProvider.GetRequiredService<Welcoming>().AcceptAsync(name, code, password, Cancellation);
    }
}
