using System.Runtime.CompilerServices;

namespace Eventicat.Gateway.Usage.Counting;

/// <summary>Requests by outcome, and how many of them had their key in the URL. Whole and small, for histories hold many.</summary>
[InlineArray(Length)]
internal struct UsageCounts
{
    public const int Length = 6;
    public const int UrlKeysIndex = Length - 1;

    private int _count;

    public readonly int UrlKeys => this[UrlKeysIndex];

    public readonly bool IsEmpty => !((ReadOnlySpan<int>)this).ContainsAnyExcept(0);

    public void Add(in UsageCounts other)
    {
        for (var i = 0; i < Length; i++)
        {
            this[i] += other[i];
        }
    }
}
