using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Control.Tests.Operations;

public sealed class AggregatorOperationsTests : OperationsTest
{
    private static readonly AggregatorId Id = AggregatorId.Parse("sign-ups");

    [Fact]
    public async Task Create_WithoutId_MakesARandomOne()
    {
        var created = (await Aggregators.CreateAsync(Ada, Some.Acme, null, "Sign-ups", Token)).Value!;

        Assert.StartsWith("agg_", created.Id.ToString(), StringComparison.Ordinal);
        Assert.Equal([created], (await AcmeAsync()).Aggregators);
    }

    [Fact]
    public async Task Create_IdThatExists_IsDeniedHereAndInOtherAccounts()
    {
        await Aggregators.CreateAsync(Ada, Some.Acme, Id, "", Token);
        await Accounts.CreateAsync(Ada, Some.Umbrella, "", null, Token);

        AssertDenied(OperationError.AggregatorExists, await Aggregators.CreateAsync(Ada, Some.Acme, Id, "", Token));
        AssertDenied(OperationError.Taken, await Aggregators.CreateAsync(Ada, Some.Umbrella, Id, "", Token));
    }

    [Fact]
    public async Task Rename_Aggregator_ChangesItsNameOnly()
    {
        await Aggregators.CreateAsync(Ada, Some.Acme, Id, "Old", Token);

        Assert.Equal(new Aggregator(Id, "New"), (await Aggregators.RenameAsync(Ada, Some.Acme, Id, "New", Token)).Value);

        Assert.Equal([new Aggregator(Id, "New")], (await AcmeAsync()).Aggregators);
    }

    [Fact]
    public async Task Delete_Aggregator_FreesItsId()
    {
        await Aggregators.CreateAsync(Ada, Some.Acme, Id, "", Token);

        Assert.True((await Aggregators.DeleteAsync(Ada, Some.Acme, Id, Token)).Succeeded);

        Assert.True((await Aggregators.CreateAsync(Ada, Some.Acme, Id, "", Token)).Succeeded);
    }

    [Fact]
    public async Task UnknownAggregator_IsDenied()
    {
        AssertDenied(OperationError.AggregatorNotFound, await Aggregators.DeleteAsync(Ada, Some.Acme, Id, Token));
        AssertDenied(OperationError.AggregatorNotFound, await Aggregators.RenameAsync(Ada, Some.Acme, Id, "x", Token));
    }
}
