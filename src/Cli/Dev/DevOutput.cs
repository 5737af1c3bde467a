using System.Text.Json.Nodes;

namespace Eventicat.Cli.Dev;

/// <summary>What <c>dev</c> says once everything answers.</summary>
internal static class DevOutput
{
    public static string ToJson(DevEnvironment environment, DevDemo demo) => new JsonObject
    {
        ["gateway"] = environment.Gateway,
        ["management"] = environment.Management,
        ["dashboard"] = environment.Dashboard,
        ["account"] = demo.Account.ToString(),
        ["key"] = demo.Key?.Reveal(),
        ["aggregator"] = demo.Aggregator?.ToString(),
        ["operator"] = demo.Operator.ToString(),
        ["welcome"] = demo.Welcome,
    }.ToJsonString();

    public static string ToText(DevEnvironment environment, DevDemo demo)
    {
        var key = demo.Key?.Reveal() ?? "$KEY";
        var id = demo.Aggregator?.ToString() ?? "$AGGREGATOR";
        return $$"""

            Eventicat is running; Ctrl-C stops it. Accounts and events are kept in {{environment.Folder}}

              gateway     {{environment.Gateway}}
              dashboard   {{SignIn(environment, demo)}}
              readiness   {{environment.Management}}/health/ready
              account     {{demo.Account}}
              aggregator  {{id}}
              key         {{Key(environment, demo)}}

            Store an event:
              curl -X POST "{{environment.Gateway}}/api/event?_id={{id}}" -H "Authorization: Bearer {{key}}" -H "Content-Type: application/json" -d '{"name": "user_signup"}'
            The simplest way, with the key in the URL:
              curl "{{environment.Gateway}}/api/event?_id={{id}}&_apikey={{key}}&name=user_signup"
            Read them back:
              curl "{{environment.Gateway}}/api/events?_id={{id}}" -H "Authorization: Bearer {{key}}"

            """;
    }

    private static string SignIn(DevEnvironment environment, DevDemo demo) => demo.Welcome is { } link
        ? $"{link}   (sets the password of {demo.Operator}, once)"
        : $"{environment.Dashboard}   (sign in as {demo.Operator})";

    private static string Key(DevEnvironment environment, DevDemo demo) => demo.Key is { } key
        ? $"{key.Reveal()}   (shown this once)"
        : $"was shown on first run; a new one: eventicat key create {demo.Account} --accounts {DevEnvironment.AccountsFile(environment.Folder)}";
}
