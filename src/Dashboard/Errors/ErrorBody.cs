namespace Eventicat.Dashboard.Errors;

internal sealed record ErrorBody(string Error);
