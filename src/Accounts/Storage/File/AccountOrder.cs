namespace Eventicat.Accounts.Storage.File;

/// <summary>Accounts in the ordinal order of their ids.</summary>
internal sealed class AccountOrder
{
    private readonly string[] _ids;
    private readonly Account[] _accounts;

    public AccountOrder(IEnumerable<Account> accounts)
    {
        _accounts = [.. accounts];
        _ids = Array.ConvertAll(_accounts, account => account.Id.ToString());
        Array.Sort(_ids, _accounts, StringComparer.Ordinal);
    }

    public (IReadOnlyList<Account> Accounts, bool HasMore) Read(AccountPageRequest request)
    {
        var start = Start(request);
        var end = start;
        while (end < _ids.Length && end - start < request.Limit && Matches(end, request))
        {
            end++;
        }

        return (_accounts[start..end], end < _ids.Length && Matches(end, request));
    }

    private bool Matches(int at, AccountPageRequest request) => _ids[at].StartsWith(request.IdPrefix, StringComparison.Ordinal);

    private int Start(AccountPageRequest request)
    {
        // The prefix is before everything that it starts, so one of the two bounds is enough.
        var after = request.After?.ToString() ?? "";
        if (string.CompareOrdinal(after, request.IdPrefix) < 0)
        {
            var first = Array.BinarySearch(_ids, request.IdPrefix, StringComparer.Ordinal);
            return first < 0 ? ~first : first;
        }

        var last = Array.BinarySearch(_ids, after, StringComparer.Ordinal);
        return last < 0 ? ~last : last + 1;
    }
}
