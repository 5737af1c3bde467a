namespace Eventicat.Fuzzing.Inputs;

/// <summary>One random change to an input.</summary>
internal static class Mutation
{
    public static FuzzInput Apply(FuzzInput input, Random random) => input switch
    {
        Http1Input http1 => new Http1Input(random.Next(3) == 0 ? ChangeLines(http1.Bytes, random) : ChangeText(http1.Bytes, random)),
        Http2Input http2 => ChangeFields(http2, random),
        _ => input,
    };

    private static string ChangeText(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 5), text.Length - at);
        return random.Next(5) switch
        {
            0 => text.Insert(at, Pieces.Fragments[random.Next(Pieces.Fragments.Length)]),
            1 => text.Insert(at, ((char)random.Next(256)).ToString()),
            2 => text.Remove(at, length),
            3 => text.Remove(at, length).Insert(at, Pieces.Fragments[random.Next(Pieces.Fragments.Length)]),
            _ => text.Insert(at, text.Substring(at, length)),
        };
    }

    private static string ChangeLines(string text, Random random)
    {
        var lines = text.Split("\r\n").ToList();
        var from = random.Next(lines.Count);
        var to = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.Insert(to, lines[from]);
                break;
            case 1 when lines.Count > 1:
                lines.RemoveAt(from);
                break;
            case 2:
                (lines[from], lines[to]) = (lines[to], lines[from]);
                break;
            default:
                var (name, value) = Pieces.OddFields[random.Next(Pieces.OddFields.Length)];
                lines.Insert(Math.Min(lines.Count - 1, 1), $"{name}: {value}");
                break;
        }

        return string.Join("\r\n", lines);
    }

    private static Http2Input ChangeFields(Http2Input input, Random random)
    {
        var fields = input.Fields.ToList();
        if (fields.Count == 0)
        {
            return input;
        }

        var at = random.Next(fields.Count);
        var (name, value) = fields[at];
        switch (random.Next(9))
        {
            case 0:
                fields[at] = (ChangeText(name, random), value);
                break;
            case < 4:
                fields[at] = (name, ChangeText(value, random));
                break;
            case 4:
                fields.Insert(random.Next(fields.Count + 1), fields[at]);
                break;
            case 5:
                fields.RemoveAt(at);
                break;
            case 6:
                fields.RemoveAt(at);
                fields.Insert(random.Next(fields.Count + 1), (name, value));
                break;
            case 7:
                fields.Insert(random.Next(fields.Count + 1), Pieces.OddFields[random.Next(Pieces.OddFields.Length)]);
                break;
            default:
                return input with { Data = [.. input.Data ?? [], Pieces.Bodies[random.Next(Pieces.Bodies.Length)]] };
        }

        return input with { Fields = fields };
    }
}
