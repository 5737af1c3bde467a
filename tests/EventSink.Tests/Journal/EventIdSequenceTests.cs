using Eventicat.EventSink.Journal;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.EventSink.Tests.Journal;

public sealed class EventIdSequenceTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 17, 9, 30, 15, 123, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now) { AutoAdvanceAmount = TimeSpan.Zero };

    [Fact]
    public void Next_ManyInOneMillisecond_AlwaysGrow()
    {
        var ids = new EventIdSequence(_time);
        var texts = Enumerable.Range(0, 10_000).Select(_ => ids.Next().ToString()).ToArray();
        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
        Assert.Equal(texts.Length, texts.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Next_Any_IsAVersion7UuidOfNow()
    {
        var id = new EventIdSequence(_time).Next();
        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.StartsWith($"{Now.ToUnixTimeMilliseconds():x12}"[..8], id.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Next_ClockBehindTheNewestId_GoesOnFromIt()
    {
        var newest = Guid.CreateVersion7(Now.AddHours(1));
        var ids = new EventIdSequence(_time);
        ids.ContinueAfter(newest);
        Assert.True(string.CompareOrdinal(ids.Next().ToString(), newest.ToString()) > 0);
    }

    [Property]
    public bool Next_WhateverTheClockDoes_AlwaysGrows(int[] steps)
    {
        var clock = new JumpingClock();
        var ids = new EventIdSequence(clock);
        var texts = steps.Select(step =>
        {
            clock.Now = Now.AddMilliseconds(step);
            return ids.Next().ToString();
        }).ToArray();
        return texts.SequenceEqual(texts.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
