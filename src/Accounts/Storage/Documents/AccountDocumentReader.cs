using System.IO.Hashing;
using System.Text.Json;

namespace Eventicat.Accounts.Storage.Documents;

/// <summary>
/// Reads documents of which each is mostly the one before: an account whose text was there already is taken from
/// there. Only documents in which nothing is wrong; what is, <see cref="AccountDocument"/> finds out and names.
/// </summary>
internal sealed class AccountDocumentReader
{
    private Dictionary<UInt128, Account> _known = [];

    /// <returns>The accounts; on any error none of them.</returns>
    public IReadOnlyList<Account> Read(ReadOnlySpan<byte> utf8, out IReadOnlyList<string> errors)
    {
        if (ReadValid(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8) is { } accounts)
        {
            errors = [];
            return accounts;
        }

        return AccountDocument.Read(utf8, out errors);
    }

    private List<Account>? ReadValid(ReadOnlySpan<byte> utf8)
    {
        var known = new Dictionary<UInt128, Account>(_known.Count);
        var accounts = new List<Account>(_known.Count);
        var errors = new DocumentErrors();
        var duplicates = new DuplicateCheck(errors);
        try
        {
            var json = new Utf8JsonReader(utf8);
            if (!MoveToAccounts(ref json))
            {
                return null;
            }

            while (json.Read() && json.TokenType is JsonTokenType.StartObject)
            {
                var start = (int)json.TokenStartIndex;
                json.Skip();
                var text = utf8[start..(int)json.BytesConsumed];
                var hash = XxHash128.HashToUInt128(text);
                if ((_known.GetValueOrDefault(hash) ?? AccountDocument.ReadOne(text, out _)) is not { } account)
                {
                    return null;
                }

                duplicates.Add(account, "");
                accounts.Add(account);
                known[hash] = account;
            }

            if (errors.Texts.Count > 0 || !EndsAfterAccounts(ref json))
            {
                return null;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        _known = known;
        return accounts;
    }

    /// <summary>The form in which documents are written: a version or none, and the accounts.</summary>
    private static bool MoveToAccounts(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject || !json.Read() || json.TokenType is not JsonTokenType.PropertyName)
        {
            return false;
        }

        if (json.ValueTextEquals("version"u8))
        {
            json.Read();
            if (json.TokenType is not JsonTokenType.Number || !json.TryGetInt32(out var version) || version != DocumentJson.CurrentVersion || !json.Read())
            {
                return false;
            }
        }

        return json.TokenType is JsonTokenType.PropertyName && json.ValueTextEquals("accounts"u8)
            && json.Read() && json.TokenType is JsonTokenType.StartArray;
    }

    private static bool EndsAfterAccounts(ref Utf8JsonReader json) =>
        json.TokenType is JsonTokenType.EndArray && json.Read() && json.TokenType is JsonTokenType.EndObject && !json.Read();
}
