using System.Text.Json;
using System.Text.Json.Serialization;
using Eventicat.Accounts;
using Eventicat.Dashboard.Admin.Access;
using Eventicat.Dashboard.Admin.Accounts;
using Eventicat.Dashboard.Admin.Aggregators;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Auditing;
using Eventicat.Dashboard.Admin.Idempotency;
using Eventicat.Dashboard.Admin.Keys;
using Eventicat.Dashboard.Admin.Requests;
using Eventicat.Dashboard.Admin.Tokens;
using Eventicat.Dashboard.Admin.Usage;
using Eventicat.Dashboard.Admin.Users;
using Eventicat.Dashboard.Configuration;
using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.Formats;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Eventicat.Dashboard.Admin;

/// <summary>The admin API, with which programs can do what operators do in the dashboard.</summary>
internal static class AdminExtensions
{
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>Names its scheme, so that only tokens count, and the dashboard's cookie does not.</summary>
    private static readonly AuthorizationPolicy Policy =
        new AuthorizationPolicyBuilder(OperatorTokenHandler.SchemeName).RequireAuthenticatedUser().Build();

    public static void AddAdmin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<AdminOptions>(configuration, AdminOptions.Section);
        services.AddUrlOptions<DashboardOptions>(configuration, DashboardOptions.Section);
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OperatorTokenHandler>(OperatorTokenHandler.SchemeName, null);
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<RequestRecords>();
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.AddDocument(static options => options.AddSchemaTransformer<LeakReportSchema>());
    }

    /// <summary>Comes before anything that reads the request.</summary>
    public static void UseAdmin(this IApplicationBuilder app) => app.UseMiddleware<HttpsMiddleware>();

    public static void MapAdmin(this WebApplication app)
    {
        app.MapDocument();
        var admin = app.MapGroup(AdminPaths.Root)
            .RequireAuthorization(Policy)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .AddEndpointFilter<RouteGroupBuilder, RefusalFilter>()
            .Refuses(
                StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests,
                StatusCodes.Status503ServiceUnavailable);
        admin.MapAccounts();
        admin.MapKeys();
        admin.MapLeaks();
        admin.MapAggregators();
        admin.MapUsage();
        admin.MapUsers();
        admin.MapTokens();
        admin.MapAudit();
    }

    private static void Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        // Of two members with the same name, a proxy in front may have read the other one.
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new Rfc3339Converter());
        options.Converters.Add(new JsonStringEnumConverter<UrlKeyPolicy>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<KeyScope>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }
}
