using System.Globalization;
using System.Text;

namespace Eventicat.Fuzzing.Inputs;

/// <summary>Makes inputs out of the grammar and the corpus. One index under one seed is always the same input.</summary>
internal sealed class Generator(int seed, IReadOnlyList<FuzzInput> corpus)
{
    private static readonly (string Name, string Value)[] Credentials = [("Authorization", "Bearer {key}"), ("Authorization", "bearer {key}")];

    public int Seed => seed;

    /// <summary>The corpus comes first, as it is.</summary>
    public FuzzInput Create(int index)
    {
        if (index < corpus.Count)
        {
            return corpus[index];
        }

        var random = new Random(unchecked((seed * 486187739) + index));
        var input = random.Next(4) == 0
            ? corpus[random.Next(corpus.Count)]
            : random.Next(2) == 0 ? CreateHttp1(random) : CreateHttp2(random);
        var mutations = random.Next(10) switch { < 5 => 0, < 8 => 1, _ => random.Next(2, 5) };
        for (var i = 0; i < mutations; i++)
        {
            input = Mutation.Apply(input, random);
        }

        return input;
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static bool Seldom(Random random) => random.Next(12) == 0;

    private static string CreateTarget(Random random, bool hasKey)
    {
        var path = Seldom(random) ? Pick(random, Pieces.OddPaths) : Pick(random, Pieces.Paths);
        var pairs = new List<string> { "_id=agg_1", "m={marker}" };
        for (var i = random.Next(4); i > 0; i--)
        {
            pairs.Insert(random.Next(pairs.Count + 1), Pick(random, Pieces.Pairs));
        }

        if (Seldom(random))
        {
            pairs.Insert(random.Next(pairs.Count + 1), Pick(random, Pieces.OddPairs));
        }

        if (!hasKey)
        {
            pairs.Insert(random.Next(pairs.Count + 1), random.Next(3) == 0 ? Pick(random, Pieces.OddPairs) : "_apikey={key}");
        }

        return $"{path}?{string.Join('&', pairs)}";
    }

    private static List<(string Name, string Value)> CreateFields(Random random, bool hasKey)
    {
        var fields = new List<(string, string)>();
        for (var i = random.Next(6); i > 0; i--)
        {
            fields.Add(Pick(random, Pieces.Fields));
        }

        if (random.Next(4) == 0)
        {
            fields.Insert(random.Next(fields.Count + 1), Pick(random, Pieces.OddFields));
        }

        if (random.Next(40) == 0)
        {
            fields.AddRange(Enumerable.Range(0, random.Next(80)).Select(number => ($"x-many-{number}", "{marker}")));
        }

        if (random.Next(8) == 0)
        {
            // Long, so that the connection's buffers hold much of it for the next request.
            fields.Add(("X-Long", "{long}"));
        }

        if (hasKey)
        {
            fields.Insert(random.Next(fields.Count + 1), Pick(random, Credentials));
        }

        return fields;
    }

    private static Http1Input CreateHttp1(Random random)
    {
        var hasKey = random.Next(4) != 0;
        var method = Seldom(random) ? Pick(random, Pieces.OddMethods) : Pick(random, Pieces.Methods);
        var text = new StringBuilder($"{method} {CreateTarget(random, hasKey)} HTTP/1.1\r\nHost: gateway\r\n");
        foreach (var (name, value) in CreateFields(random, hasKey))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}:{Pick(random, [" ", "", "  ", "\t"])}{value}\r\n");
        }

        if (method is not ("GET" or "HEAD" or "OPTIONS") || Seldom(random))
        {
            AppendBody(text, random);
        }
        else
        {
            text.Append("\r\n");
        }

        return new Http1Input(text.ToString());
    }

    private static void AppendBody(StringBuilder text, Random random)
    {
        var body = Pick(random, Pieces.Bodies);
        var length = Templates.Fill(body, "mk00000000z").Length;
        if (random.Next(2) == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {(Seldom(random) ? length + random.Next(-2, 3) : length)}\r\n\r\n{body}");
            return;
        }

        text.Append("Transfer-Encoding: chunked\r\n\r\n");
        if (length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{length:x}{(Seldom(random) ? ";ext=\"{marker}\"" : "")}\r\n{body}\r\n");
        }

        text.Append(Seldom(random) ? "0\r\nX-Trailer: {marker}\r\n\r\n" : "0\r\n\r\n");
    }

    private static Http2Input CreateHttp2(Random random)
    {
        var hasKey = random.Next(4) != 0;
        var method = Seldom(random) ? Pick(random, Pieces.OddMethods) : Pick(random, Pieces.Methods);
        var fields = new List<(string, string)> { (":method", method), (":scheme", "{scheme}"), (":authority", "gateway"), (":path", CreateTarget(random, hasKey)) };
        var isLower = !Seldom(random);
        fields.AddRange(CreateFields(random, hasKey).Select(field => (isLower ? field.Name.ToLowerInvariant() : field.Name, field.Value)));
        List<string>? data = null;
        if (method is not ("GET" or "HEAD" or "OPTIONS") || Seldom(random))
        {
            data = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(random, Pieces.Bodies))];
            if (random.Next(2) == 0)
            {
                var length = data.Sum(part => Templates.Fill(part, "mk00000000z").Length) + (Seldom(random) ? random.Next(-2, 3) : 0);
                fields.Add(("content-length", length.ToString(CultureInfo.InvariantCulture)));
            }
        }

        (string, string)[]? trailers = Seldom(random) ? [("x-trailer", "{marker}")] : null;
        return new Http2Input(fields, data, trailers, IsReset: random.Next(60) == 0);
    }
}
