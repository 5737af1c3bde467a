using System.Runtime.InteropServices;

namespace Eventicat.Control.Operations;

/// <summary>A value, perhaps <c>null</c>, or none: of something that is left as it is.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Optional<T>
{
    private readonly T _value;

    public Optional(T value) => (_value, IsGiven) = (value, true);

    public bool IsGiven { get; }

    public T Or(T other) => IsGiven ? _value : other;

    public static implicit operator Optional<T>(T value) => new(value);
}
