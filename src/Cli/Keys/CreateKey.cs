using System.CommandLine;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Keys;

/// <summary><c>key create ACCOUNT</c></summary>
internal static class CreateKey
{
    public static Command Create()
    {
        var (account, name, scopes) = (Arguments.Account("ACCOUNT"), CommonOptions.Name(), Scope());
        var expires = TimeOptions.Moment("--expires", "When the key ends. Default: never.");
        return new CliCommand(
            "create", "Creates a key and shows it, once.",
            "eventicat key create acme --name production", "eventicat key create acme --scope ingest --expires 90d")
        {
            account, name, expires, scopes,
        }.Runs(async (session, token) =>
        {
            var settings = new KeySettings(session.Get(name), session.Get(scopes), session.Get(expires));
            var key = (await session.Keys.CreateAsync(session.Context, session.Get(account), settings, token)).OrFail();
            KeyOutput.WriteOnce(session.Writer, session.Get(account), key);
        });
    }

    private static Option<Scopes> Scope()
    {
        var option = new Option<Scopes>("--scope")
        {
            Description = "What the key may do: ingest or read; may be given twice. Default: both.",
            HelpName = "SCOPE",
            DefaultValueFactory = _ => Scopes.All,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                var scopes = Scopes.None;
                foreach (var token in result.Tokens)
                {
                    if (!ScopeNames.TryParse(token.Value, out var scope))
                    {
                        result.AddError($"--scope must be {ScopeNames.Ingest} or {ScopeNames.Read}.");
                    }

                    scopes |= scope;
                }

                return scopes;
            },
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(ScopeNames.Ingest, ScopeNames.Read);
        return option;
    }
}
