namespace Eventicat.Dashboard.Usage;

/// <param name="Id">The account's.</param>
/// <param name="UrlKeys">Requests with a key in the URL within seven days.</param>
/// <param name="Last">The latest of them, in unix seconds.</param>
internal sealed record UrlKeyAccount(string Id, long UrlKeys, long Last);
