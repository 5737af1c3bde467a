using Eventicat.Fuzzing.Target;

namespace Eventicat.Fuzzing.Inputs;

/// <summary>Puts keys and markers into an input. What is put in has the same length for every input.</summary>
internal static class Templates
{
    private const int LongRepeats = 250;

    public static FuzzInput Fill(FuzzInput input, string marker, string scheme) =>
        input.Map(text => text.Contains('{', StringComparison.Ordinal) ? Fill(text, marker).Replace("{scheme}", scheme, StringComparison.Ordinal) : text);

    public static string Fill(string text, string marker) => text
        .Replace("{marker}", marker, StringComparison.Ordinal)
        .Replace("{key}", FuzzGateway.Key, StringComparison.Ordinal)
        .Replace("{otherkey}", FuzzGateway.OtherKey, StringComparison.Ordinal)
        .Replace("{long}", string.Concat(Enumerable.Repeat(marker, LongRepeats)), StringComparison.Ordinal);
}
