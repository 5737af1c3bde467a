namespace Eventicat.Dashboard.Access;

internal static class AccessExtensions
{
    public static void AddAccess(this IServiceCollection services) => services
        .AddScoped<CurrentUser>()
        .AddScoped<AccountGate>()
        .AddScoped<OperatorGate>();
}
