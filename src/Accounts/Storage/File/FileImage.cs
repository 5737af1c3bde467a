using System.IO.Hashing;
using Eventicat.Hosting.Files;

namespace Eventicat.Accounts.Storage.File;

/// <summary>A file as it was read: the stamp belongs to the content.</summary>
internal sealed record FileImage(FileStamp Stamp, byte[] Content)
{
    public UInt128 Hash { get; } = XxHash128.HashToUInt128(Content);
}
