namespace Eventicat.EventSink.Errors;

internal sealed record ErrorBody(string Error, int? LimitBytes = null, IReadOnlyList<FieldError>? Details = null);
