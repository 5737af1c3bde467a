using Eventicat.Dashboard.Access;
using Eventicat.Dashboard.Tests.Hosting;

namespace Eventicat.Dashboard.Tests.Access;

public sealed class OperatorGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operator_IsLetIn()
    {
        await using var dashboard = new DashboardServices();
        await using var page = await dashboard.OpenPageAsync(await dashboard.AddUserAsync("olga", account: null));
        var gate = page.ServiceProvider.GetRequiredService<OperatorGate>();

        Assert.True(await gate.IsOpenAsync(Cancellation));
        Assert.Equal("operator:olga", (await gate.AuthorizeAsync(Cancellation)).Actor.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OwnerAndNobody_AreNot(bool isSignedIn)
    {
        await using var dashboard = new DashboardServices();
        var owner = await dashboard.AddUserAsync("ada", "acme");
        await using var page = await dashboard.OpenPageAsync(isSignedIn ? owner : null);
        var gate = page.ServiceProvider.GetRequiredService<OperatorGate>();

        Assert.False(await gate.IsOpenAsync(Cancellation));
        await Assert.ThrowsAsync<AccessDeniedException>(() => gate.AuthorizeAsync(Cancellation));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("an owner")]
    public async Task FormerOperator_WithAnOpenPage_IsNot(string now)
    {
        await using var dashboard = new DashboardServices();
        await using var page = await dashboard.OpenPageAsync(await dashboard.AddUserAsync("olga", account: null));
        var gate = page.ServiceProvider.GetRequiredService<OperatorGate>();
        Assert.True(await gate.IsOpenAsync(Cancellation));

        await (now == "deleted" ? dashboard.DeleteUserAsync("olga") : dashboard.AddUserAsync("olga", "acme"));

        Assert.False(await gate.IsOpenAsync(Cancellation));
        await Assert.ThrowsAsync<AccessDeniedException>(() => gate.AuthorizeAsync(Cancellation));
    }
}
