using System.CommandLine;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Accounts;

/// <summary>The two options that make a limit.</summary>
internal static class LimitOptions
{
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(1);

    public static Option<int?> Permits() => new("--permits")
    {
        Description = "How many requests are admitted in any window.",
        HelpName = "N",
    };

    public static Option<TimeSpan?> Window(string description) => TimeOptions.Duration("--window", description);

    /// <returns><c>null</c> where neither is given.</returns>
    public static AccountLimit? Read(int? permits, TimeSpan? window) =>
        permits is { } number ? new AccountLimit(number, window ?? DefaultWindow)
        : window is null ? null
        : throw new CommandException("--window needs --permits.");
}
