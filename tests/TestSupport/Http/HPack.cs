using System.Text;

namespace Eventicat.TestSupport.Http;

/// <summary>
/// As much of HPACK (RFC 7541) as a raw client needs: it writes literals only, and reads what a server may send that was
/// told to keep no dynamic table. Kestrel never uses Huffman codes; whoever does is an error here.
/// </summary>
internal static class HPack
{
    private const int IntegerLimit = 1 << 28;

    /// <summary>RFC 7541 appendix A; entry 0 does not exist.</summary>
    private static readonly (string Name, string Value)[] Static =
    [
        ("", ""), (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"),
        (":scheme", "http"), (":scheme", "https"), (":status", "200"), (":status", "204"), (":status", "206"),
        (":status", "304"), (":status", "400"), (":status", "404"), (":status", "500"), ("accept-charset", ""),
        ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""), ("accept", ""),
        ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""), ("cache-control", ""),
        ("content-disposition", ""), ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
        ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""), ("date", ""), ("etag", ""),
        ("expect", ""), ("expires", ""), ("from", ""), ("host", ""), ("if-match", ""), ("if-modified-since", ""),
        ("if-none-match", ""), ("if-range", ""), ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""),
        ("location", ""), ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""),
        ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""), ("set-cookie", ""),
        ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""), ("via", ""),
        ("www-authenticate", ""),
    ];

    /// <summary>Every field as a literal with a literal name, whatever is in it.</summary>
    public static byte[] Encode(IEnumerable<(string Name, string Value)> fields)
    {
        using var block = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            block.WriteByte(0);
            Write(block, name);
            Write(block, value);
        }

        return block.ToArray();
    }

    public static List<(string Name, string Value)> Decode(ReadOnlySpan<byte> block)
    {
        var fields = new List<(string, string)>();
        for (var at = 0; at < block.Length;)
        {
            var first = block[at];
            if ((first & 0x80) != 0)
            {
                fields.Add(Static[ReadInteger(block, ref at, 7)]);
            }
            else if ((first & 0xE0) == 0x20)
            {
                _ = ReadInteger(block, ref at, 5);
            }
            else
            {
                var index = ReadInteger(block, ref at, (first & 0x40) != 0 ? 6 : 4);
                var name = index == 0 ? ReadText(block, ref at) : Static[index].Name;
                fields.Add((name, ReadText(block, ref at)));
            }
        }

        return fields;
    }

    private static void Write(MemoryStream block, string text)
    {
        var length = text.Length;
        if (length < 0x7F)
        {
            block.WriteByte((byte)length);
        }
        else
        {
            block.WriteByte(0x7F);
            for (length -= 0x7F; length >= 0x80; length >>= 7)
            {
                block.WriteByte((byte)((length & 0x7F) | 0x80));
            }

            block.WriteByte((byte)length);
        }

        block.Write(Encoding.Latin1.GetBytes(text));
    }

    private static string ReadText(ReadOnlySpan<byte> block, ref int at)
    {
        if ((block[at] & 0x80) != 0)
        {
            throw new FormatException("The server uses Huffman codes.");
        }

        var length = ReadInteger(block, ref at, 7);
        var text = Encoding.Latin1.GetString(block.Slice(at, length));
        at += length;
        return text;
    }

    private static int ReadInteger(ReadOnlySpan<byte> block, ref int at, int prefixBits)
    {
        var mask = (1 << prefixBits) - 1;
        var value = block[at++] & mask;
        if (value < mask)
        {
            return value;
        }

        for (var shift = 0; value < IntegerLimit; shift += 7)
        {
            var next = block[at++];
            value += (next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }

        throw new FormatException("An integer of the header block has no end.");
    }
}
