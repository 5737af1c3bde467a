using Eventicat.Accounts.Operations;

namespace Eventicat.Accounts.Tests.Operations;

public sealed class AccountOperationsTests : OperationsTest
{
    private static readonly AccountLimit Limit = new(5, TimeSpan.FromSeconds(10));

    [Fact]
    public async Task Create_NewId_StoresNameAndLimit()
    {
        var result = await Accounts.CreateAsync(Some.Umbrella, "Umbrella", Limit, Token);

        Assert.True(result.Succeeded);
        var stored = (await Accounts.FindAsync(Some.Umbrella, Token)).Value!;
        Assert.Equal(("Umbrella", Limit, false), (stored.Name, stored.Limit, stored.Disabled));
    }

    [Fact]
    public async Task Create_ExistingId_IsDeniedAndChangesNothing()
    {
        AssertDenied(OperationError.AccountExists, await Accounts.CreateAsync(Some.Acme, "Other", null, Token));

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

        AssertDenied(OperationError.InvalidLimit, await Accounts.CreateAsync(Some.Umbrella, "", limit, Token));
        AssertDenied(OperationError.InvalidLimit, await Accounts.SetLimitAsync(Some.Acme, limit, Token));
    }

    [Fact]
    public async Task SetLimit_ToNothing_IsTheDefaultAgain()
    {
        await Accounts.SetLimitAsync(Some.Acme, Limit, Token);

        await Accounts.SetLimitAsync(Some.Acme, null, Token);

        Assert.Null((await AcmeAsync()).Limit);
    }

    [Fact]
    public async Task Disable_ThenEnable_ShowsInTheAccount()
    {
        await Accounts.DisableAsync(Some.Acme, Token);
        Assert.True((await AcmeAsync()).Disabled);

        await Accounts.EnableAsync(Some.Acme, Token);
        Assert.False((await AcmeAsync()).Disabled);
    }

    [Fact]
    public async Task Rename_ControlCharacters_IsDenied()
    {
        AssertDenied(OperationError.InvalidName, await Accounts.RenameAsync(Some.Acme, "a\u001b[2Jb", Token));
        Assert.True((await Accounts.RenameAsync(Some.Acme, "Acme & Söhne", Token)).Succeeded);
    }

    [Fact]
    public async Task Delete_Account_GivesItAsItWas()
    {
        var result = await Accounts.DeleteAsync(Some.Acme, Token);

        Assert.Equal("Acme", result.Value!.Name);
        AssertDenied(OperationError.AccountNotFound, await Accounts.FindAsync(Some.Acme, Token));
    }

    [Fact]
    public async Task EveryOperation_UnknownAccount_IsDeniedAsNotFound()
    {
        AssertDenied(OperationError.AccountNotFound, await Accounts.FindAsync(Some.Umbrella, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.RenameAsync(Some.Umbrella, "x", Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.SetLimitAsync(Some.Umbrella, Limit, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.DisableAsync(Some.Umbrella, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.EnableAsync(Some.Umbrella, Token));
        AssertDenied(OperationError.AccountNotFound, await Accounts.DeleteAsync(Some.Umbrella, Token));
        AssertDenied(OperationError.AccountNotFound, await Keys.CreateAsync(Some.Umbrella, new KeySettings(), Token));
        AssertDenied(OperationError.AccountNotFound, await Keys.RevokeAsync(Some.Umbrella, KeyId.Parse("k"), Token));
        AssertDenied(OperationError.AccountNotFound, await Keys.RegenerateAsync(Some.Umbrella, KeyId.Parse("k"), null, Token));
        AssertDenied(OperationError.AccountNotFound, await Aggregators.CreateAsync(Some.Umbrella, null, "", Token));
        AssertDenied(OperationError.AccountNotFound, await Aggregators.DeleteAsync(Some.Umbrella, AggregatorId.Parse("a"), Token));
        Assert.Equal([Some.Acme], await Accounts.ListAsync(Token).Select(account => account.Id).ToListAsync(Token));
    }
}
