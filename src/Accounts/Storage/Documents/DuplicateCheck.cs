namespace Eventicat.Accounts.Storage.Documents;

/// <summary>What has to be unique: account ids, key digests and aggregator ids everywhere, key ids in their account.</summary>
internal sealed class DuplicateCheck(DocumentErrors errors)
{
    private readonly HashSet<AccountId> _accounts = [];
    private readonly Dictionary<KeyDigest, AccountId> _digests = [];
    private readonly Dictionary<AggregatorId, AccountId> _aggregators = [];

    public void Add(Account account, string path)
    {
        var inside = path.Length == 0 ? "" : path + ".";
        if (!_accounts.Add(account.Id))
        {
            errors.Add($"{inside}id", $"account '{account.Id}' is there twice");
        }

        var keyIds = new HashSet<KeyId>();
        for (var i = 0; i < account.Keys.Count; i++)
        {
            if (!keyIds.Add(account.Keys[i].Id))
            {
                errors.Add($"{inside}keys[{i}].id", "the account has another key of this id");
            }

            if (!_digests.TryAdd(account.Keys[i].Digest, account.Id))
            {
                errors.Add($"{inside}keys[{i}].sha256", $"already a key of account '{_digests[account.Keys[i].Digest]}'");
            }
        }

        for (var i = 0; i < account.Aggregators.Count; i++)
        {
            if (!_aggregators.TryAdd(account.Aggregators[i].Id, account.Id))
            {
                errors.Add($"{inside}aggregators[{i}].id", $"already an aggregator of account '{_aggregators[account.Aggregators[i].Id]}'");
            }
        }
    }
}
