using Yarp.ReverseProxy.Configuration;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Whether YARP applied what it was given. It checks once more, builds, and may fail for a reason that nobody looked
/// for; then it keeps what it had, and would tell with a stack trace.
/// </summary>
internal sealed partial class RouteChanges(ILogger<RouteChanges> logger) : IConfigChangeListener
{
    private bool _isStarted;
    private volatile bool _hasFailed;

    /// <value>Whether the routes in force are not those of the settings.</value>
    public bool HasFailed => _hasFailed;

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
    }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception) => Fail(exception);

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception) => Fail(exception);

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
        if (_isStarted)
        {
            Log.Applied(logger);
        }

        (_isStarted, _hasFailed) = (true, false);
    }

    private void Fail(Exception exception)
    {
        _hasFailed = true;
        Log.Failed(logger, string.Join("; ", Causes(exception).Distinct(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Causes(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.SelectMany(Causes),
        { InnerException: { } inner } => Causes(inner),
        _ => [exception.Message.ReplaceLineEndings(" ")],
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "RoutesApplied", Message = "Changed routes and clusters are in force")]
        public static partial void Applied(ILogger logger);

        [LoggerMessage(Level = LogLevel.Error, EventName = "RoutesFailed",
            Message = "Changed routes and clusters could not be applied, the last good ones stay in force: {Error}")]
        public static partial void Failed(ILogger logger, string error);
    }
}
