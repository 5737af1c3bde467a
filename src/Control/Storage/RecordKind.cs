namespace Eventicat.Control.Storage;

/// <summary>What a record is about; a part of its key.</summary>
public static class RecordKind
{
    public const string User = "user";
    public const string Token = "token";
    public const string Request = "request";
    public const string ProtectionKey = "protection-key";
}
