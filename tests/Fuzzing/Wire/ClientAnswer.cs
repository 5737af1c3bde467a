using Eventicat.Fuzzing.Model;

namespace Eventicat.Fuzzing.Wire;

/// <summary>What a client got for one request, over either protocol.</summary>
/// <param name="Status">0: the server ended stream or connection without an answer.</param>
/// <param name="Fields">In order, duplicates included.</param>
/// <param name="Body">Decoded.</param>
/// <param name="IsCut">The answer had begun and was not ended.</param>
internal sealed record ClientAnswer(int Status, IReadOnlyList<(string Name, string Value)> Fields, string Body, bool IsCut = false)
{
    public static readonly ClientAnswer None = new(0, [], "");

    public string? Value(string name) => Fields.Where(field => field.Name.Is(name)).Select(field => field.Value).FirstOrDefault();

    public override string ToString() => Status == 0 ? "no answer" : $"{Status} {Body}{(IsCut ? " (cut)" : "")}";
}
