using System.Globalization;
using System.Text.Json;

namespace Eventicat.Accounts.Storage.Documents;

/// <summary>The JSON form of all accounts (the file) and of one (a Redis field, a line of an import).</summary>
public static class AccountDocument
{
    /// <returns>The accounts; on any error none of them.</returns>
    public static IReadOnlyList<Account> Read(ReadOnlySpan<byte> utf8, out IReadOnlyList<string> errors)
    {
        var found = new DocumentErrors();
        errors = found.Texts;
        var document = Deserialize(utf8, AccountJsonFormat.Compact.DocumentJson, found);
        if (document is null)
        {
            return [];
        }

        found.AddUnknown("", document.Unknown);
        if (document.Version != DocumentJson.CurrentVersion)
        {
            found.Add("version", string.Create(CultureInfo.InvariantCulture, $"must be {DocumentJson.CurrentVersion}, not {document.Version}"));
        }

        if (document.Accounts is null)
        {
            // Some other document, or one cut short: taken for an empty list it would end every key.
            found.Add("accounts", "is missing");
        }

        var accounts = ReadAll(document.Accounts ?? [], found);
        return found.Texts.Count == 0 ? accounts : [];
    }

    public static Account? ReadOne(ReadOnlySpan<byte> utf8, out IReadOnlyList<string> errors)
    {
        var found = new DocumentErrors();
        errors = found.Texts;
        var json = Deserialize(utf8, AccountJsonFormat.Compact.AccountJson, found);
        var account = json is null ? null : AccountReading.Read(json, "", found);
        if (account is not null)
        {
            new DuplicateCheck(found).Add(account, "");
        }

        return found.Texts.Count == 0 ? account : null;
    }

    public static byte[] Write(IEnumerable<Account> accounts) =>
        [
            .. JsonSerializer.SerializeToUtf8Bytes(
                new DocumentJson { Accounts = [.. accounts.Select(AccountWriting.ToJson)] },
                AccountJsonFormat.Indented.DocumentJson),
            (byte)'\n',
        ];

    public static byte[] WriteOne(Account account) =>
        JsonSerializer.SerializeToUtf8Bytes(AccountWriting.ToJson(account), AccountJsonFormat.Compact.AccountJson);

    /// <summary>Whether both would be stored as the same bytes.</summary>
    public static bool AreSame(Account a, Account b) => WriteOne(a).AsSpan().SequenceEqual(WriteOne(b));

    private static List<Account> ReadAll(List<AccountJson> all, DocumentErrors errors)
    {
        var accounts = new List<Account>(all.Count);
        var duplicates = new DuplicateCheck(errors);
        for (var i = 0; i < all.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"accounts[{i}]");
            if (AccountReading.Read(all[i], path, errors) is { } account)
            {
                duplicates.Add(account, path);
                accounts.Add(account);
            }
        }

        return accounts;
    }

    private static T? Deserialize<T>(
        ReadOnlySpan<byte> utf8, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, DocumentErrors errors)
        where T : class
    {
        // Editors on Windows may put a byte order mark there; the JSON reader takes it for text.
        var text = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        try
        {
            var value = JsonSerializer.Deserialize(text, type);
            if (value is null)
            {
                errors.Add("", "must be a JSON object, not null");
            }

            return value;
        }
        catch (JsonException exception)
        {
            errors.AddUnreadable(exception);
            return null;
        }
    }
}
