using System.Diagnostics.CodeAnalysis;
using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>The settings of an account as an operator types them.</summary>
public sealed class AccountInput
{
    public string Name { get; set; } = "";

    public bool HasLimit { get; set; }

    public int Permits { get; set; } = 1000;

    public int Seconds { get; set; } = 60;

    /// <value>Empty for the gateway's default.</value>
    public string UrlKeys { get; set; } = "";

    public static AccountInput From(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new AccountInput
        {
            Name = account.Name,
            HasLimit = account.Limit is not null,
            Permits = account.Limit?.Permits ?? 1000,
            Seconds = (int)Math.Ceiling(account.Limit?.Window.TotalSeconds ?? 60),
            UrlKeys = account.UrlKeys?.ToString() ?? "",
        };
    }

    public bool TryRead([NotNullWhen(true)] out AccountUpdate? update, [NotNullWhen(false)] out string? problem)
    {
        var limit = HasLimit ? new AccountLimit(Permits, TimeSpan.FromSeconds(Seconds)) : null;
        problem = AccountName.Validate(Name) is { } rule ? $"The name {rule}."
            : limit is not null && AccountLimit.Validate(limit.Permits, limit.Window) is { } wrong ? $"The limit is not valid: {wrong}."
            : null;
        update = problem is not null ? null : new AccountUpdate
        {
            Name = Name,
            Limit = limit,
            UrlKeys = Enum.TryParse<UrlKeyPolicy>(UrlKeys, out var policy) ? policy : null,
        };
        return problem is null;
    }
}
