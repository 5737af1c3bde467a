namespace Eventicat.Dashboard.Admin.Document;

internal static class DocumentExtensions
{
    public static void AddDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = static endpoint => $"/{endpoint.RelativePath}".StartsWith(AdminPaths.Root, StringComparison.Ordinal);
        options.AddDocumentTransformer<DocumentFrame>();
        options.AddOperationTransformer<EndpointDescriptions>();
        options.AddSchemaTransformer<LeakForms>();
    });

    /// <summary>For everybody: it says what can be asked, not what would be answered, and tools fetch it without a token.</summary>
    public static void MapDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi(AdminPaths.Document).AllowAnonymous();
}
