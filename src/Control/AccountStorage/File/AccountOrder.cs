using Eventicat.Accounts;
using Eventicat.Accounts.Storage.File;

namespace Eventicat.Control.AccountStorage.File;

/// <summary>The accounts of one state of the document, in the ordinal order of their ids.</summary>
internal sealed class AccountOrder
{
    private readonly string[] _ids;
    private readonly Account[] _accounts;

    public AccountOrder(AccountIndex index)
    {
        Index = index;
        _accounts = [.. index.Accounts];
        _ids = Array.ConvertAll(_accounts, account => account.Id.ToString());
        Array.Sort(_ids, _accounts, StringComparer.Ordinal);
    }

    public AccountIndex Index { get; }

    public AccountPage Read(AccountPageRequest request)
    {
        var start = Start(request);
        var end = start;
        while (end < _ids.Length && end - start < request.Limit && Matches(end, request))
        {
            end++;
        }

        var hasMore = end < _ids.Length && Matches(end, request);
        return new AccountPage([.. _accounts[start..end].Select(account => Index.Find(account.Id)!)], hasMore ? _accounts[end - 1].Id : null);
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
