using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Admin.Document;

/// <summary>A header or a part of the query that is read by other means than a handler's parameter.</summary>
internal sealed record ParameterMetadata(string Name, ParameterLocation In, string Description, JsonSchemaType Type = JsonSchemaType.String, bool Required = false);
