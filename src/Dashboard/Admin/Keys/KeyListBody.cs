namespace Eventicat.Dashboard.Admin.Keys;

internal sealed record KeyListBody(IEnumerable<KeyBody> Keys);
