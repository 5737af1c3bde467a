using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Control.Tests.Operations;

public sealed class AccountOperationsTests : OperationsTest
{
    private static readonly AccountLimit Limit = new(5, TimeSpan.FromSeconds(10));

    [Fact]
    public async Task Create_NewId_StoresNameAndLimit()
    {
        var result = await Accounts.CreateAsync(Ada, Some.Umbrella, "Umbrella", Limit, Token);

        Assert.True(result.Succeeded);
        var stored = (await Accounts.FindAsync(Some.Umbrella, Token)).Value!;
        Assert.Equal(("Umbrella", Limit, false), (stored.Name, stored.Limit, stored.Disabled));
    }

    [Fact]
    public async Task Create_ExistingId_IsDeniedAndChangesNothing()
    {
        AssertDenied(OperationError.AccountExists, await Accounts.CreateAsync(Ada, Some.Acme, "Other", null, Token));

        Assert.Equal("Acme", (await AcmeAsync()).Name);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(-1, 60)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 86400 * 32)]
    public async Task Limit_OutOfRange_IsDenied(int permits, int seconds)
    {
        var limit = new AccountLimit(permits, TimeSpan.FromSeconds(seconds));

        AssertDenied(OperationError.InvalidLimit, await Accounts.CreateAsync(Ada, Some.Umbrella, "", limit, Token));
        AssertDenied(OperationError.InvalidLimit, await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Limit = limit }, Token));
    }

    [Fact]
    public async Task SetLimit_ToNothing_IsTheDefaultAgain()
    {
        await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Limit = Limit }, Token);

        await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Limit = null }, Token);

        Assert.Null((await AcmeAsync()).Limit);
    }

    [Fact]
    public async Task Disable_ThenEnable_ShowsInTheAccount()
    {
        await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Disabled = true }, Token);
        Assert.True((await AcmeAsync()).Disabled);

        await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Disabled = false }, Token);
        Assert.False((await AcmeAsync()).Disabled);
    }

    [Fact]
    public async Task Rename_ControlCharacters_IsDenied()
    {
        AssertDenied(OperationError.InvalidName, await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Name = "a\u001b[2Jb" }, Token));
        Assert.True((await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Name = "Acme & Söhne" }, Token)).Succeeded);
    }

    [Fact]
    public async Task Delete_Account_GivesItAsItWas()
    {
        var result = await Accounts.DeleteAsync(Ada, Some.Acme, Token);

        Assert.Equal("Acme", result.Value!.Name);
        AssertDenied(OperationError.AccountNotFound, await Accounts.FindAsync(Some.Acme, Token));
    }

    [Fact]
    public async Task EveryOperation_UnknownAccount_IsDeniedAsNotFound()
    {
        AssertDenied(OperationError.AccountNotFound, await Accounts.FindAsync(Some.Umbrella, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.UpdateAsync(Ada, Some.Umbrella, new AccountUpdate { Name = "x" }, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.UpdateAsync(Ada, Some.Umbrella, new AccountUpdate { Limit = Limit }, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.UpdateAsync(Ada, Some.Umbrella, new AccountUpdate { Disabled = true }, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.UpdateAsync(Ada, Some.Umbrella, new AccountUpdate { Disabled = false }, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.DeleteAsync(Ada, Some.Umbrella, Token));
        AssertDenied(OperationError.AccountNotFound, await Keys.CreateAsync(Ada, Some.Umbrella, new KeySettings(), Token));
        AssertDenied(OperationError.AccountNotFound, await Keys.RevokeAsync(Ada, Some.Umbrella, KeyId.Parse("k"), Token));
        AssertDenied(OperationError.AccountNotFound, await Keys.RegenerateAsync(Ada, Some.Umbrella, KeyId.Parse("k"), null, Token));
        AssertDenied(OperationError.AccountNotFound, await Aggregators.CreateAsync(Ada, Some.Umbrella, null, "", Token));
        AssertDenied(OperationError.AccountNotFound, await Aggregators.DeleteAsync(Ada, Some.Umbrella, AggregatorId.Parse("a"), Token));
        Assert.Equal([Some.Acme], await Accounts.ListAsync(Token).Select(account => account.Id).ToListAsync(Token));
    }
}
