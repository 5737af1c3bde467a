using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Eventicat.Dashboard.Access;
using Eventicat.Dashboard.Tests.Hosting;

namespace Eventicat.Dashboard.Tests.Access;

public sealed class AccountGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("acme", true)]
    [InlineData("other", false)]
    [InlineData("ACME", false)]
    [InlineData("none", false)]
    [InlineData("not an id", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Owner_OpensOnlyTheirAccount(string? id, bool opens)
    {
        await using var dashboard = await StartAsync();
        await using var page = await dashboard.OpenPageAsync(await dashboard.AddUserAsync("ada", "acme"));

        var open = await page.ServiceProvider.GetRequiredService<AccountGate>().OpenAsync(id, Cancellation);

        Assert.Equal(opens ? id : null, open?.Id.ToString());
    }

    [Theory]
    [InlineData("acme", true)]
    [InlineData("other", true)]
    [InlineData("none", false)]
    public async Task Operator_OpensEveryAccountThereIs(string id, bool opens)
    {
        await using var dashboard = await StartAsync();
        await using var page = await dashboard.OpenPageAsync(await dashboard.AddUserAsync("olga", account: null));

        var open = await page.ServiceProvider.GetRequiredService<AccountGate>().OpenAsync(id, Cancellation);

        Assert.Equal(opens ? id : null, open?.Id.ToString());
    }

    [Fact]
    public async Task Nobody_OpensNothing()
    {
        await using var dashboard = await StartAsync();
        await using var page = await dashboard.OpenPageAsync(user: null);
        var gate = page.ServiceProvider.GetRequiredService<AccountGate>();

        Assert.Null(await gate.OpenAsync("acme", Cancellation));
        await Assert.ThrowsAsync<AccessDeniedException>(() => gate.AuthorizeAsync(AccountId.Parse("acme"), Cancellation));
    }

    [Theory]
    [InlineData("ada", "acme", "owner:ada")]
    [InlineData("olga", null, "operator:olga")]
    public async Task Authorize_SaysWhoActs(string name, string? account, string actor)
    {
        await using var dashboard = await StartAsync();
        await using var page = await dashboard.OpenPageAsync(await dashboard.AddUserAsync(name, account));
        var open = await page.ServiceProvider.GetRequiredService<AccountGate>().OpenAsync("acme", Cancellation);

        Assert.Equal(actor, (await open!.AuthorizeAsync(Cancellation)).Actor.ToString());
    }

    /// <summary>A page may be open for days, so that the right is checked with each call.</summary>
    [Theory]
    [InlineData("deleted")]
    [InlineData("of another account")]
    [InlineData("with another password")]
    public async Task OpenAccount_OfSomebodyWhoLostTheRight_DoesNothing(string user)
    {
        await using var dashboard = await StartAsync();
        await using var page = await dashboard.OpenPageAsync(await dashboard.AddUserAsync("ada", "acme", "the first password"));
        var open = (await page.ServiceProvider.GetRequiredService<AccountGate>().OpenAsync("acme", Cancellation))!;
        var key = (await open.CreateKeyAsync(new KeySettings("before", Scopes.All, Expires: null), Cancellation)).Value!.Key.Id;
        var aggregator = (await open.CreateAggregatorAsync("before", Cancellation)).Value!.Id;

        await (user switch
        {
            "deleted" => dashboard.DeleteUserAsync("ada"),
            "of another account" => dashboard.AddUserAsync("ada", "other"),
            _ => dashboard.AddUserAsync("ada", "acme", "the second password"),
        });

        Func<Task>[] calls =
        [
            () => open.ReadAsync(Cancellation),
            () => open.CreateKeyAsync(new KeySettings("after", Scopes.All, Expires: null), Cancellation),
            () => open.RegenerateKeyAsync(key, grace: null, Cancellation),
            () => open.RevokeKeyAsync(key, Cancellation),
            () => open.CreateAggregatorAsync("after", Cancellation),
            () => open.RenameAggregatorAsync(aggregator, "after", Cancellation),
            () => open.DeleteAggregatorAsync(aggregator, Cancellation),
            () => open.AuthorizeAsync(Cancellation),
        ];
        Assert.Equal(typeof(OpenAccount).GetMethods().Count(method => method.DeclaringType == typeof(OpenAccount) && method.Name.EndsWith("Async", StringComparison.Ordinal)), calls.Length);
        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<AccessDeniedException>(call);
        }

        var account = (await dashboard.Get<AccountOperations>().FindAsync(AccountId.Parse("acme"), Cancellation)).Value!;
        Assert.Equal(["before"], account.Keys.Select(one => one.Name));
        Assert.All(account.Keys, one => Assert.Null(one.Revoked));
        Assert.Equal(["before"], account.Aggregators.Select(one => one.Name));
    }

    private static async Task<DashboardServices> StartAsync()
    {
        var dashboard = new DashboardServices();
        await dashboard.CreateAccountAsync("acme");
        await dashboard.CreateAccountAsync("other");
        return dashboard;
    }
}
