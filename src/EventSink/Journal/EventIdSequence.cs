using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Eventicat.EventSink.Journal;

/// <summary>
/// UUIDv7 that always grow, so that the order of ids is the order of commits. <see cref="Guid.CreateVersion7()"/> is
/// random within a millisecond; here a counter fills <c>rand_a</c> (RFC 9562, section 6.2, method 1), and the clock of
/// the ids never goes back, not even with the machine's.
/// </summary>
internal sealed class EventIdSequence(TimeProvider time)
{
    private const int MaxCounter = 0xFFF;

    private long _milliseconds;
    private int _counter;

    public void ContinueAfter(Guid newest)
    {
        Span<byte> bytes = stackalloc byte[16];
        newest.TryWriteBytes(bytes, bigEndian: true, out _);
        var high = BinaryPrimitives.ReadInt64BigEndian(bytes);
        (_milliseconds, _counter) = (high >>> 16, (int)(high & MaxCounter));
    }

    public Guid Next()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (now > _milliseconds)
        {
            (_milliseconds, _counter) = (now, 0);
        }
        else if (++_counter > MaxCounter)
        {
            (_milliseconds, _counter) = (_milliseconds + 1, 0);
        }

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (_milliseconds << 16) | 0x7000L | (long)_counter);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
