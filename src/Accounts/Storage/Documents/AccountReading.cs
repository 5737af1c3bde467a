using System.Globalization;

namespace Eventicat.Accounts.Storage.Documents;

/// <summary>From JSON members to an account, collecting every error.</summary>
internal static class AccountReading
{
    private const string IdRule = "must be 1 to 64 letters, digits, '_' or '-'";

    public static Account? Read(AccountJson? json, string path, DocumentErrors errors)
    {
        if (json is null)
        {
            errors.Add(path, "must not be null");
            return null;
        }

        var inside = path.Length == 0 ? "" : path + ".";
        var before = errors.Texts.Count;
        if (!AccountId.TryParse(json.Id, out var id))
        {
            errors.Add($"{inside}id", IdRule);
        }

        errors.AddUnknown(path, json.Unknown);
        var account = new Account
        {
            Id = id,
            Name = ReadName(json.Name, inside, errors),
            Disabled = json.Disabled,
            Limit = ReadLimit(json.Limit, $"{inside}limit", errors),
            UrlKeys = ReadUrlKeys(json.UrlKeys, inside, errors),
            Keys = ReadAll(json.Keys, $"{inside}keys", errors, KeyReading.Read),
            Aggregators = ReadAll(json.Aggregators, $"{inside}aggregators", errors, ReadAggregator),
        };
        return errors.Texts.Count == before ? account : null;
    }

    internal static string ReadName(string? name, string inside, DocumentErrors errors)
    {
        if (name is not null && AccountName.Validate(name) is { } error)
        {
            errors.Add($"{inside}name", error);
        }

        return name ?? "";
    }

    private static AccountLimit? ReadLimit(LimitJson? json, string path, DocumentErrors errors)
    {
        if (json is null)
        {
            return null;
        }

        errors.AddUnknown(path, json.Unknown);
        if (json.Permits is not { } permits)
        {
            errors.Add($"{path}.permits", "is missing");
        }
        else if (!TimeSpan.TryParseExact(json.Window, "c", CultureInfo.InvariantCulture, out var window))
        {
            errors.Add($"{path}.window", "must be a duration as in \"00:01:00\"");
        }
        else if (AccountLimit.Validate(permits, window) is { } error)
        {
            errors.Add(path, error);
        }
        else
        {
            return new AccountLimit(permits, window);
        }

        return null;
    }

    private static UrlKeyPolicy? ReadUrlKeys(string? name, string inside, DocumentErrors errors)
    {
        if (name is null)
        {
            return null;
        }

        if (!UrlKeyPolicyNames.TryParse(name, out var policy))
        {
            errors.Add($"{inside}urlKeys", $"must be one of {UrlKeyPolicyNames.All}");
        }

        return policy;
    }

    private static Aggregator ReadAggregator(AggregatorJson json, string path, DocumentErrors errors)
    {
        errors.AddUnknown(path, json.Unknown);
        if (!AggregatorId.TryParse(json.Id, out var id))
        {
            errors.Add($"{path}.id", IdRule);
        }

        return new Aggregator(id, ReadName(json.Name, $"{path}.", errors));
    }

    private static List<T> ReadAll<TJson, T>(
        List<TJson>? all, string path, DocumentErrors errors, Func<TJson, string, DocumentErrors, T> read)
    {
        var result = new List<T>(all?.Count ?? 0);
        for (var i = 0; i < all?.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (all[i] is { } one)
            {
                result.Add(read(one, at, errors));
            }
            else
            {
                errors.Add(at, "must not be null");
            }
        }

        return result;
    }
}

/// <summary>From JSON members to a key's record, collecting every error.</summary>
internal static class KeyReading
{
    public static AccountKey Read(KeyJson json, string path, DocumentErrors errors)
    {
        errors.AddUnknown(path, json.Unknown);
        if (!KeyId.TryParse(json.Id, out var id))
        {
            errors.Add($"{path}.id", "must be 1 to 64 letters, digits, '_' or '-'");
        }

        if (!KeyDigest.TryParse(json.Sha256, out var digest))
        {
            errors.Add($"{path}.sha256", "must be 64 hexadecimal digits");
        }

        return new AccountKey
        {
            Id = id,
            Name = AccountReading.ReadName(json.Name, $"{path}.", errors),
            Digest = digest,
            Scopes = ReadScopes(json.Scopes, $"{path}.scopes", errors),
            Created = json.Created,
            Expires = json.Expires,
            Revoked = json.Revoked,
        };
    }

    private static Scopes ReadScopes(List<string>? names, string path, DocumentErrors errors)
    {
        var scopes = Scopes.None;
        foreach (var name in names ?? [])
        {
            if (!ScopeNames.TryParse(name, out var scope))
            {
                errors.Add(path, $"only \"{ScopeNames.Ingest}\" and \"{ScopeNames.Read}\" are scopes");
            }

            scopes |= scope;
        }

        if (names is null)
        {
            errors.Add(path, "must not be null");
        }

        return scopes;
    }
}
