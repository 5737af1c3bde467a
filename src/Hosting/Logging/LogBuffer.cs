namespace Eventicat.Hosting.Logging;

/// <summary>Whole lines, one after the other, up to a number of bytes. It grows with the need for it.</summary>
internal sealed class LogBuffer(int capacity)
{
    private byte[] _bytes = new byte[Math.Min(capacity, 64 * 1024)];

    public int Length { get; private set; }

    public int Lines { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public bool TryAdd(ReadOnlySpan<byte> line)
    {
        if (line.Length > capacity - Length)
        {
            return false;
        }

        if (line.Length > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(capacity, Math.Max(2L * _bytes.Length, Length + line.Length)));
        }

        line.CopyTo(_bytes.AsSpan(Length));
        Length += line.Length;
        Lines++;
        return true;
    }

    public void Clear() => (Length, Lines) = (0, 0);
}
