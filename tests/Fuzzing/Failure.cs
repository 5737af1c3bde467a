using Eventicat.Fuzzing.Inputs;

namespace Eventicat.Fuzzing;

/// <summary>A promise that was broken.</summary>
/// <param name="Kind">The promise, in the same words for every input that breaks it.</param>
/// <param name="Detail">What happened this time.</param>
/// <param name="Index">The input's number under the run's seed; -1: it is not known which input did it.</param>
/// <param name="Input">As it was made, before keys and markers were put in.</param>
internal sealed record Failure(string Kind, string Detail, int Index, FuzzInput? Input);
