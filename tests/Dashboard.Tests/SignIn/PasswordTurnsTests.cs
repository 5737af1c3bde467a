using System.Globalization;
using Eventicat.Control.Users;
using Eventicat.Dashboard.SignIn;

namespace Eventicat.Dashboard.Tests.SignIn;

public sealed class PasswordTurnsTests
{
    private static readonly UserName Ada = UserName.Parse("ada");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SameName_WaitsUntilTheTurnBeforeHasEnded()
    {
        using var turns = new PasswordTurns();
        var first = await turns.TakeAsync(Ada, Cancellation);
        var second = turns.TakeAsync(UserName.Parse("ADA"), Cancellation);
        var third = turns.TakeAsync(Ada, Cancellation);
        Assert.False(second.IsCompleted);

        first.Dispose();

        var next = await await Task.WhenAny(second, third);
        Assert.False(second.IsCompleted && third.IsCompleted);
        next.Dispose();
        await Task.WhenAll(second, third);
    }

    [Fact]
    public async Task Waiting_ThatIsGivenUp_TakesNoTurn()
    {
        using var turns = new PasswordTurns();
        using var given = new CancellationTokenSource();
        var first = await turns.TakeAsync(Ada, Cancellation);
        var second = turns.TakeAsync(Ada, given.Token);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        using var third = await turns.TakeAsync(Ada, Cancellation);
    }

    /// <summary>Names share 64 places: of twenty names, some have another place than the first.</summary>
    [Fact]
    public async Task OtherName_DoesNotWait()
    {
        using var turns = new PasswordTurns();
        using var first = await turns.TakeAsync(Ada, Cancellation);

        Assert.Contains(Enumerable.Range(0, 20), i =>
            turns.TakeAsync(UserName.Parse(string.Create(CultureInfo.InvariantCulture, $"user{i}")), Cancellation).IsCompletedSuccessfully);
    }
}
