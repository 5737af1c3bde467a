namespace Eventicat.Dashboard.Admin.Idempotency;

internal static class IdempotencyHeaders
{
    public const string Key = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    public const int MaxLength = 128;

    public static bool IsValid(string key) => key.Length is > 0 and <= MaxLength && key.All(character => character is > ' ' and <= '~');
}
