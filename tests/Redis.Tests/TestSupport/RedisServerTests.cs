using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Redis.Tests.TestSupport;

public sealed class RedisServerTests(RedisFixture shared)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task SharedServer_Asked_Answers() =>
        Assert.True(await shared.Database.PingAsync() > TimeSpan.Zero);

    [Fact]
    public async Task OwnServer_StoppedAndStartedAgain_AnswersOnTheSamePort()
    {
        await using var server = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await server.StopAsync();
        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(server.Connection + ",connectTimeout=300,connectRetry=1"));

        await server.StartAgainAsync();

        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.Connection);
        await connection.GetDatabase().PingAsync();
    }

    [Fact]
    public async Task OwnServer_PausedAndResumed_HangsAndThenAnswers()
    {
        await using var server = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.Connection);
        await server.PauseAsync();
        var asked = connection.GetDatabase().PingAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => asked.WaitAsync(Short, TestContext.Current.CancellationToken));

        await server.ResumeAsync();

        await asked;
    }
}
