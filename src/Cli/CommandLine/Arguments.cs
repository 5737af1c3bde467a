using System.CommandLine;
using Eventicat.Accounts;
using Eventicat.Cli.Completion;

namespace Eventicat.Cli.CommandLine;

/// <summary>Arguments and options whose values are ids or names.</summary>
internal static class Arguments
{
    private delegate bool TryParse<T>(string text, out T value);

    public static Argument<AccountId> NewAccount(string name) => Id<AccountId>(name, "The account's id.", AccountId.TryParse);

    public static Argument<AccountId> Account(string name)
    {
        var argument = NewAccount(name);
        argument.CompletionSources.Add(context => StoreCompletions.Accounts(context, argument));
        return argument;
    }

    public static Argument<KeyId> Key(Argument<AccountId> account)
    {
        var argument = Id<KeyId>("KEY_ID", "The key's id.", KeyId.TryParse);
        argument.CompletionSources.Add(context => StoreCompletions.Keys(context, account));
        return argument;
    }

    public static Argument<AggregatorId> Aggregator(Argument<AccountId> account)
    {
        var argument = Id<AggregatorId>("ID", "The aggregator's id.", AggregatorId.TryParse);
        argument.CompletionSources.Add(context => StoreCompletions.Aggregators(context, account));
        return argument;
    }

    public static Argument<string> NewName() => new("NAME") { Description = "What people call it from now on; may be empty." };

    public static Option<AccountId?> AccountOption(string description)
    {
        var option = IdOption<AccountId>("--account", description, AccountId.TryParse);
        option.CompletionSources.Add(context => StoreCompletions.Accounts(context));
        return option;
    }

    public static Option<KeyId?> KeyOption() =>
        IdOption<KeyId>("--id", "The key's id. Default: the one in the key, or a new one.", KeyId.TryParse);

    public static Option<AggregatorId?> NewAggregatorOption() =>
        IdOption<AggregatorId>("--id", "The aggregator's id. Default: a new random one.", AggregatorId.TryParse);

    public static Option<AggregatorId?> AggregatorOption(string description) =>
        IdOption<AggregatorId>("--aggregator", description, AggregatorId.TryParse);

    private static Argument<T> Id<T>(string name, string description, TryParse<T> tryParse) => new(name)
    {
        Description = description,
        // Said, so that the help need not ask what could be completed.
        HelpName = name,
        CustomParser = result =>
        {
            if (!tryParse(result.Tokens[0].Value, out var value))
            {
                result.AddError($"{name} must be 1 to 64 letters, digits, '_' or '-'.");
            }

            return value;
        },
    };

    private static Option<T?> IdOption<T>(string name, string description, TryParse<T> tryParse)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = "ID",
            CustomParser = result =>
            {
                if (!tryParse(result.Tokens[0].Value, out var value))
                {
                    result.AddError($"{name} must be 1 to 64 letters, digits, '_' or '-'.");
                }

                return value;
            },
        };
}
