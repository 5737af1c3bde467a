using Eventicat.Dashboard.Admin.Idempotency;
using Eventicat.Dashboard.Admin.Requests;
using Eventicat.Dashboard.Errors;
using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Admin.ApiDocument;

/// <summary>Describes an endpoint for the document, and adds the filters that make the description true.</summary>
internal static class DescriptionExtensions
{
    private const string Json = "application/json";

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary, string description = "") =>
        endpoint.WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, string example) => endpoint
        .WithMetadata(new ExampleMetadata(null, example))
        .Refuses(StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status, string example) =>
        endpoint.Produces<T>(status, Json).WithMetadata(new ExampleMetadata(status, example));

    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int status) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void)));

    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata([.. statuses.Select(status => new ProducesResponseTypeMetadata(status, typeof(ErrorBody), [Json]))]);

    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter<IdempotencyFilter>()
        .WithMetadata(new ParameterMetadata(
            IdempotencyFilter.HeaderName, ParameterLocation.Header,
            "1 to 128 visible characters. The request is done once, however often it is sent within a day. A repeated answer has Idempotency-Replayed: true and no secret."))
        .Refuses(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);

    public static RouteHandlerBuilder RequiresIfMatch(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter<IfMatchFilter>()
        .WithMetadata(new ParameterMetadata("If-Match", ParameterLocation.Header, "The account's ETag as last seen, or *.", Required: true))
        .Refuses(StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);

    public static RouteHandlerBuilder HonoursIfMatch(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new ParameterMetadata("If-Match", ParameterLocation.Header, "The account's ETag as last seen. The request is refused if the account has changed since."))
        .Refuses(StatusCodes.Status412PreconditionFailed);
}
