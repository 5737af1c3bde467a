namespace Eventicat.Accounts.Storage.Documents;

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
