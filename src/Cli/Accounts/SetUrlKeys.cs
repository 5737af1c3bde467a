using System.CommandLine;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account url-keys ID POLICY</c></summary>
internal static class SetUrlKeys
{
    /// <summary>Not a policy of its own: the account then follows the gateway's.</summary>
    private const string Default = "default";

    public static Command Create()
    {
        var (id, policy) = (Arguments.Account("ID"), Policy());
        return new CliCommand(
            "url-keys", "Says what becomes of the account's keys in URLs: allow, warn, refuse, or default for what the gateway does.",
            "eventicat account url-keys acme refuse", "eventicat account url-keys acme default")
        {
            id, policy,
        }.Runs(async (session, token) =>
        {
            var update = new AccountUpdate { UrlKeys = Parse(session.Get(policy)) };
            var account = (await session.Accounts.UpdateAsync(session.Context, session.Get(id), update, token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Keys in URLs of account {account.Id}: {AccountOutput.UrlKeys(account)}.");
        });
    }

    private static Argument<string> Policy()
    {
        var argument = new Argument<string>("POLICY") { Description = $"{UrlKeyPolicyNames.All} or {Default}." };
        argument.CompletionSources.Add("allow", "warn", "refuse", Default);
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value != Default && !UrlKeyPolicyNames.TryParse(given.Value, out _))
            {
                result.AddError($"POLICY must be {UrlKeyPolicyNames.All} or {Default}.");
            }
        });
        return argument;
    }

    private static UrlKeyPolicy? Parse(string text) => UrlKeyPolicyNames.TryParse(text, out var policy) ? policy : null;
}
