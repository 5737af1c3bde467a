using System.Globalization;
using System.Text.Json.Nodes;
using Eventicat.Dashboard.Admin.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Admin.ApiDocument;

/// <summary>Writes <see cref="ParameterMetadata"/> and <see cref="ExampleMetadata"/> into the document.</summary>
internal sealed class EndpointDescriptions : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<ParameterMetadata>())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.In,
                Description = parameter.Description,
                Required = parameter.Required,
                Schema = new OpenApiSchema { Type = parameter.Type },
            });
        }

        foreach (var example in metadata.OfType<ExampleMetadata>())
        {
            var content = example.Status is { } status
                ? operation.Responses?[status.ToString(CultureInfo.InvariantCulture)].Content
                : operation.RequestBody?.Content;
            content!["application/json"].Example = JsonNode.Parse(example.Json);
        }

        return Task.CompletedTask;
    }
}

/// <summary>An example of a body in the document.</summary>
/// <param name="Status">The status of the answer; <c>null</c>: this is the body of the request.</param>
/// <param name="Json">The body.</param>
internal sealed record ExampleMetadata(int? Status, string Json);
