using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Eventicat.Hosting.Logging;
using Eventicat.TestSupport;

namespace Eventicat.Hosting.Tests.Logging;

public sealed class LogWriterTests : IDisposable
{
    private readonly ConcurrentQueue<string> _batches = new();
    private readonly ManualResetEventSlim _reader = new(initialState: true);
    private readonly ManualResetEventSlim _writing = new();
    private volatile bool _works = true;

    [Fact]
    public void Write_Lines_ArriveWholeAndInOrder()
    {
        using (var writer = Open(capacity: 1024))
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.True(TryWrite(writer, Line(i)));
            }
        }

        Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(Line)), string.Concat(_batches));
    }

    [Fact]
    public async Task Write_ManyLinesAtOnce_AreOneBatch()
    {
        using var writer = Open(capacity: 1024);
        await StallAsync(writer);

        for (var i = 0; i < 50; i++)
        {
            TryWrite(writer, Line(i));
        }

        _reader.Set();
        await Eventually.TrueAsync(() => _batches.Count == 2);
        Assert.Equal(string.Concat(Enumerable.Range(0, 50).Select(Line)), _batches.Last());
    }

    [Fact]
    public async Task Write_NobodyReads_DropsCountsAndTellsAtTheGap()
    {
        using var writer = Open(capacity: 3 * Line(0).Length);
        await StallAsync(writer);

        var kept = Enumerable.Range(1, 10).Where(i => TryWrite(writer, Line(i))).ToList();

        Assert.Equal([1, 2, 3], kept);
        Assert.Equal(LogFlow.Dropping, writer.Flow);
        _reader.Set();
        await Eventually.TrueAsync(() => writer.Flow == LogFlow.Flowing);
        Assert.True(TryWrite(writer, Line(11)));
        writer.Dispose();
        Assert.Equal($"{Line(0)}{Line(1)}{Line(2)}{Line(3)}7 lost\n{Line(11)}", string.Concat(_batches));
    }

    [Fact]
    public async Task Write_OutputFails_IsToldOnceItWorksAgain()
    {
        using var writer = Open(capacity: 1024);
        _works = false;
        TryWrite(writer, Line(0));
        await Eventually.TrueAsync(() => writer.Flow == LogFlow.Failing);

        _works = true;
        TryWrite(writer, Line(1));

        await Eventually.TrueAsync(() => writer.Flow == LogFlow.Flowing);
        Assert.Equal($"{Line(1)}1 lost\n", string.Concat(_batches));
    }

    [Fact]
    public async Task Dispose_OutputStalls_GivesUp()
    {
        var writer = Open(capacity: 1024);
        await StallAsync(writer);

        await Task.Run(writer.Dispose, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.False(TryWrite(writer, Line(1)));
    }

    [Fact]
    public async Task Write_ManyThreads_LosesNothing()
    {
        const int Each = 2_000;
        using (var writer = Open(capacity: 4 * 1024 * 1024))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
            {
                for (var i = 0; i < Each; i++)
                {
                    Assert.True(TryWrite(writer, Line(thread * Each + i)));
                }
            })));
        }

        var lines = string.Concat(_batches).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 8 * Each).Select(i => Line(i).TrimEnd()), lines.Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        _reader.Set();
        _reader.Dispose();
        _writing.Dispose();
    }

    private LogWriter Open(int capacity) => new(
        batch =>
        {
            _writing.Set();
            _reader.Wait();
            if (_works)
            {
                _batches.Enqueue(Encoding.UTF8.GetString(batch));
            }

            return _works;
        },
        lost => Encoding.UTF8.GetBytes($"{lost} lost\n"),
        capacity);

    /// <summary>Returns when the writer waits for a reader, with one line under way.</summary>
    private async Task StallAsync(LogWriter writer)
    {
        _reader.Reset();
        TryWrite(writer, Line(0));
        await Eventually.TrueAsync(() => _writing.IsSet);
    }

    private static bool TryWrite(LogWriter writer, string line) => writer.TryWrite(Encoding.UTF8.GetBytes(line));

    private static string Line(int number) => number.ToString("D5", CultureInfo.InvariantCulture) + "\n";
}
