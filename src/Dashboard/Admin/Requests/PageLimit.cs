using System.Globalization;
using System.Reflection;
using Eventicat.Control.AccountStorage;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>The parameter <c>limit</c> of the query, which all lists have.</summary>
internal sealed record PageLimit(int Value, Answer? Refusal) : IRequestPart, IEndpointParameterMetadataProvider
{
    private const string Rule = "limit must be 1 to 1000";

    public static ValueTask<PageLimit> BindAsync(HttpContext context)
    {
        var text = context.Request.Query["limit"];
        var value = AccountPageRequest.DefaultLimit;
        var valid = text.Count == 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is >= 1 and <= AccountPageRequest.MaxLimit);
        return ValueTask.FromResult(new PageLimit(value, valid ? null : Answer.Error(StatusCodes.Status400BadRequest, Rule)));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new ParameterMetadata(
        "limit", ParameterLocation.Query, "The most entries in the answer, 1 to 1000; 100 if missing.", JsonSchemaType.Integer));
}
