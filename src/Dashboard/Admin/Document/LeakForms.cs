using Eventicat.Dashboard.Admin.Leaks;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Admin.Document;

/// <summary>The two forms of a leak report, which no type of ours has.</summary>
internal sealed class LeakForms : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(JsonDocumentBody))
        {
            schema.OneOf = [ObjectWith("key"), new OpenApiSchema { Type = JsonSchemaType.Array, Items = ObjectWith("token") }];
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema ObjectWith(string member) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { member },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [member] = new OpenApiSchema { Type = JsonSchemaType.String } },
    };
}
