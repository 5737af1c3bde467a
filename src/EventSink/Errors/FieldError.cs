namespace Eventicat.EventSink.Errors;

/// <param name="Index">Position of the event in its batch; 0 for a single event.</param>
/// <param name="Field">The member at fault, e.g. <c>name</c> or <c>tags.plan</c>.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">For people.</param>
internal sealed record FieldError(int Index, string Field, string Code, string Message);
