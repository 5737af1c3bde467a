using Eventicat.Dashboard.Tests.Hosting;
using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class DocumentTests
{
    [Fact]
    public async Task Document_IsValid_AndDescribesEveryEndpoint()
    {
        await using var host = await DashboardHost.StartAsync();
        var answer = (await new AdminClient(host.Client, token: null).GetAsync("/openapi.json")).Expect(200);

        var (document, diagnostic) = OpenApiDocument.Parse(answer.Text, "json");

        Assert.StartsWith("3.1", answer.String("openapi"), StringComparison.Ordinal);
        Assert.Empty(diagnostic!.Errors);
        Assert.Equal("bearer", document!.Components!.SecuritySchemes!["OperatorToken"].Scheme);
        Assert.NotEmpty(document.Security!);
        var operations = document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (Name: $"{operation.Key} {path.Key}", operation.Value))).ToList();
        Assert.Equal(24, operations.Count);
        Assert.All(operations, operation =>
        {
            Assert.StartsWith("/admin/v1/", operation.Name.Split(' ')[1], StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(operation.Value.Summary), operation.Name);
            Assert.NotEmpty(operation.Value.Tags!);
            Assert.Equal(operation.Name.Count(character => character == '{'), (operation.Value.Parameters ?? []).Count(parameter => parameter.In == ParameterLocation.Path));
            Assert.All(["401", "403", "429", "503"], status => Assert.Contains(status, operation.Value.Responses!.Keys));
            Assert.All(operation.Value.Responses!.Where(response => response.Value.Content is { Count: > 0 }), response =>
            {
                var content = response.Value.Content!["application/json"];
                Assert.True(response.Key[0] == '2' ? content.Example is not null : content.Schema is OpenApiSchemaReference { Reference.Id: "ErrorBody" }, $"{operation.Name} {response.Key}");
            });
            Assert.True(operation.Value.RequestBody is null || operation.Value.RequestBody.Content!["application/json"] is { Example: not null, Schema: not null }, operation.Name);
        });
    }

    [Fact]
    public async Task Document_TellsOfHeaders()
    {
        await using var host = await DashboardHost.StartAsync();
        var answer = await new AdminClient(host.Client, token: null).GetAsync("/openapi.json");
        var (document, _) = OpenApiDocument.Parse(answer.Text, "json");

        var patch = document!.Paths["/admin/v1/accounts/{account}"].Operations![HttpMethod.Patch];
        var create = document.Paths["/admin/v1/accounts"].Operations![HttpMethod.Post];

        Assert.Contains(patch.Parameters!, parameter => parameter is { Name: "If-Match", In: ParameterLocation.Header, Required: true });
        Assert.Contains(create.Parameters!, parameter => parameter is { Name: "Idempotency-Key", In: ParameterLocation.Header, Required: false });
        Assert.Contains("412", patch.Responses!.Keys);
        Assert.Contains("428", patch.Responses!.Keys);
        Assert.Contains("422", create.Responses!.Keys);
    }
}
