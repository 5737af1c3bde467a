namespace Eventicat.Dashboard.Usage;

/// <param name="Account">Whose key.</param>
/// <param name="Key">Its id.</param>
/// <param name="Used">When last, in unix seconds.</param>
internal sealed record UsedKey(string Account, string Key, long Used);
