using System.Buffers.Text;
using System.Security.Cryptography;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Documents;

namespace Eventicat.Control.Operations;

/// <summary>
/// Tells one content of an account from another, in every store and process alike. What an editor has seen goes along
/// with the edit, and an edit of something else is refused.
/// </summary>
public readonly record struct AccountVersion
{
    private const int Bytes = 15;
    private readonly string? _text;

    private AccountVersion(string text) => _text = text;

    public static AccountVersion Of(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new(Base64Url.EncodeToString(SHA256.HashData(AccountDocument.WriteOne(account)).AsSpan(0, Bytes)));
    }

    /// <summary>Any text: one that was never a version matches no account.</summary>
    public static AccountVersion Parse(string text) => new(text);

    public override string ToString() => _text ?? "";
}
