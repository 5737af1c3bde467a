using System.CommandLine;
using Eventicat.Accounts;

namespace Eventicat.Cli.CommandLine;

/// <summary>Arguments and options whose values are ids.</summary>
internal static class Arguments
{
    private delegate bool TryParse<T>(string text, out T value);

    public static Argument<AccountId> Account(string name) => Argument<AccountId>(name, "The account's id.", AccountId.TryParse);

    public static Argument<KeyId> Key() => Argument<KeyId>("KEY_ID", "The key's id.", KeyId.TryParse);

    public static Argument<AggregatorId> Aggregator() =>
        Argument<AggregatorId>("ID", "The aggregator's id.", AggregatorId.TryParse);

    public static Option<KeyId?> KeyOption() => Option<KeyId>("The key's id. Default: the one in the key, or a new one.", KeyId.TryParse);

    public static Option<AggregatorId?> AggregatorOption() =>
        Option<AggregatorId>("The aggregator's id. Default: a new random one.", AggregatorId.TryParse);

    private static Argument<T> Argument<T>(string name, string description, TryParse<T> tryParse) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (!tryParse(result.Tokens[0].Value, out var value))
            {
                result.AddError($"{name} must be 1 to 64 letters, digits, '_' or '-'.");
            }

            return value;
        },
    };

    private static Option<T?> Option<T>(string description, TryParse<T> tryParse)
        where T : struct => new("--id")
        {
            Description = description,
            HelpName = "ID",
            CustomParser = result =>
            {
                if (!tryParse(result.Tokens[0].Value, out var value))
                {
                    result.AddError("--id must be 1 to 64 letters, digits, '_' or '-'.");
                }

                return value;
            },
        };
}
