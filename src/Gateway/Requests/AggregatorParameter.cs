using System.Runtime.InteropServices;

namespace Eventicat.Gateway.Requests;

/// <summary>The parameter <c>_id</c> of a query.</summary>
/// <param name="Value">Decoded once; <c>null</c> when it is missing.</param>
/// <param name="IsAmbiguous">Given more than once in any spelling: what is checked might not be what a backend reads.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AggregatorParameter(string? Value, bool IsAmbiguous);
