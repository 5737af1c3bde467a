namespace Eventicat.Fuzzing.Inputs;

/// <summary>Makes a failing input smaller, one piece at a time, for as long as it fails in the same way.</summary>
internal static class Shrinker
{
    private const int Attempts = 80;

    /// <param name="input">It fails.</param>
    /// <param name="fails">Whether another one fails in the same way.</param>
    public static async Task<FuzzInput> ShrinkAsync(FuzzInput input, Func<FuzzInput, Task<bool>> fails)
    {
        var attempts = 0;
        for (var position = 0; Smaller(input, position) is { } smaller && attempts < Attempts; attempts++)
        {
            if (await fails(smaller))
            {
                input = smaller;
            }
            else
            {
                position++;
            }
        }

        return input;
    }

    /// <returns>The input without its piece at this position; <c>null</c>: there is no such piece.</returns>
    private static FuzzInput? Smaller(FuzzInput input, int position)
    {
        switch (input)
        {
            case Http1Input http1:
                var lines = http1.Bytes.Split("\r\n").ToList();
                if (position >= lines.Count)
                {
                    return null;
                }

                lines.RemoveAt(position);
                return new Http1Input(string.Join("\r\n", lines));
            case Http2Input http2 when position < http2.Fields.Count:
                return http2 with { Fields = [.. http2.Fields.Where((_, index) => index != position)] };
            case Http2Input { Data: not null } http2 when position == http2.Fields.Count:
                return http2 with { Data = null };
            default:
                return null;
        }
    }
}
