namespace Eventicat.Dashboard.Admin.Document;

/// <param name="Status">Of the answer; <c>null</c>: it is a request.</param>
/// <param name="Json">The body.</param>
internal sealed record ExampleMetadata(int? Status, string Json);
