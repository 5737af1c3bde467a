using Eventicat.Dashboard.Admin.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Admin.ApiDocument;

/// <summary>The parts of the document that all endpoints share.</summary>
internal sealed class DocumentFrame : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Eventicat admin API",
            Version = "v1",
            Description = "Manages accounts, keys and aggregators. Every error is an object with one member, error. "
                + "An account's ETag changes with every change of the account, its keys or its aggregators.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [OperatorTokenHandler.SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "evo_…",
                Description = "An operator token, from the dashboard or from this API.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OperatorTokenHandler.SchemeName, document)] = [] }];
        return Task.CompletedTask;
    }
}
