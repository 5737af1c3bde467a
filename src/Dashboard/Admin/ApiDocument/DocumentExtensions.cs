using Eventicat.Dashboard.Admin.Requests;
using Microsoft.AspNetCore.OpenApi;

namespace Eventicat.Dashboard.Admin.ApiDocument;

internal static class DocumentExtensions
{
    /// <param name="services">Where to add it.</param>
    /// <param name="describe">Adds what single resources say of themselves.</param>
    public static void AddDocument(this IServiceCollection services, Action<OpenApiOptions> describe) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = static endpoint => $"/{endpoint.RelativePath}".StartsWith(AdminPaths.Root, StringComparison.Ordinal);
        options.AddDocumentTransformer<DocumentFrame>();
        options.AddOperationTransformer<EndpointDescriptions>();
        describe(options);
    });

    /// <summary>The document needs no token: it shows no data, and tools fetch it without one.</summary>
    public static void MapDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi(AdminPaths.Document).AllowAnonymous();
}
