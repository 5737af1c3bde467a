using Eventicat.Accounts.Operations;

namespace Eventicat.Accounts.Tests.Operations;

public sealed class AggregatorOperationsTests : OperationsTest
{
    private static readonly AggregatorId Id = AggregatorId.Parse("sign-ups");

    [Fact]
    public async Task Create_WithoutId_MakesARandomOne()
    {
        var created = (await Aggregators.CreateAsync(Some.Acme, null, "Sign-ups", Token)).Value!;

        Assert.StartsWith("agg_", created.Id.ToString(), StringComparison.Ordinal);
        Assert.Equal([created], (await AcmeAsync()).Aggregators);
    }

    [Fact]
    public async Task Create_IdThatExists_IsDeniedHereAndInOtherAccounts()
    {
        await Aggregators.CreateAsync(Some.Acme, Id, "", Token);
        await Accounts.CreateAsync(Some.Umbrella, "", null, Token);

        AssertDenied(OperationError.AggregatorExists, await Aggregators.CreateAsync(Some.Acme, Id, "", Token));
        AssertDenied(OperationError.Taken, await Aggregators.CreateAsync(Some.Umbrella, Id, "", Token));
    }

    [Fact]
    public async Task Rename_Aggregator_ChangesItsNameOnly()
    {
        await Aggregators.CreateAsync(Some.Acme, Id, "Old", Token);

        Assert.Equal(new Aggregator(Id, "New"), (await Aggregators.RenameAsync(Some.Acme, Id, "New", Token)).Value);

        Assert.Equal([new Aggregator(Id, "New")], (await AcmeAsync()).Aggregators);
    }

    [Fact]
    public async Task Delete_Aggregator_FreesItsId()
    {
        await Aggregators.CreateAsync(Some.Acme, Id, "", Token);

        Assert.True((await Aggregators.DeleteAsync(Some.Acme, Id, Token)).Succeeded);

        Assert.True((await Aggregators.CreateAsync(Some.Acme, Id, "", Token)).Succeeded);
    }

    [Fact]
    public async Task UnknownAggregator_IsDenied()
    {
        AssertDenied(OperationError.AggregatorNotFound, await Aggregators.DeleteAsync(Some.Acme, Id, Token));
        AssertDenied(OperationError.AggregatorNotFound, await Aggregators.RenameAsync(Some.Acme, Id, "x", Token));
    }
}
