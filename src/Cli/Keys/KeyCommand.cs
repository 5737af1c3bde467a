using System.CommandLine;
using System.Text.Json.Nodes;
using Eventicat.Accounts;
using Eventicat.Accounts.Operations;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Keys;

/// <summary><c>eventicat key …</c></summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "API keys: what an account authenticates with.")
    {
        CreateCreate(), CreateList(), CreateRegenerate(), CreateRevoke(), CreateImport(),
    };

    private static Command CreateCreate()
    {
        var (account, name, scopes) = (Arguments.Account("ACCOUNT"), CommonOptions.Name(), Scope());
        var expires = TimeOptions.Moment("--expires", "When the key ends. Default: never.");
        return new Command("create", "Creates a key and shows it, once.") { account, name, expires, scopes }.Runs(async (session, token) =>
        {
            var settings = new KeySettings(session.Get(name), session.Get(scopes), session.Get(expires));
            var key = (await session.Keys.CreateAsync(session.Context, session.Get(account), settings, token)).OrFail();
            KeyOutput.WriteOnce(session.Writer, session.Get(account), key);
        });
    }

    private static Command CreateList()
    {
        var account = Arguments.Account("ACCOUNT");
        return new Command("list", "Lists an account's keys, revoked ones too.") { account }.Runs(async (session, token) =>
        {
            var found = (await session.Accounts.FindAsync(session.Get(account), token)).OrFail();
            await session.Writer.WriteListAsync(
                found.Keys.ToAsyncEnumerable(), key => KeyOutput.ToJson(found.Id, key), KeyOutput.Columns, KeyOutput.ToRow);
        });
    }

    private static Command CreateRegenerate()
    {
        var (account, id) = (Arguments.Account("ACCOUNT"), Arguments.Key());
        var grace = TimeOptions.Duration("--grace", "How long the old key still works. Default: not at all.");
        return new Command("regenerate", "Replaces a key by a new one of the same name and scopes, and shows that, once.")
        {
            account, id, grace, CommonOptions.Yes(),
        }.Runs(async (session, token) =>
        {
            var key = (await session.Keys.RegenerateAsync(session.Context, session.Get(account), session.Get(id), session.Get(grace), token)).OrFail();
            KeyOutput.WriteOnce(session.Writer, session.Get(account), key);
        });
    }

    private static Command CreateRevoke()
    {
        var (account, id) = (Arguments.Account("ACCOUNT"), Arguments.Key());
        return new Command("revoke", "Ends a key at once.") { account, id, CommonOptions.Yes() }.Runs(async (session, token) =>
        {
            var changed = (await session.Keys.RevokeAsync(session.Context, session.Get(account), session.Get(id), token)).OrFail();
            var key = changed.Keys.First(key => key.Id == session.Get(id));
            session.Writer.Write(KeyOutput.ToJson(changed.Id, key), $"Key {key.Id} of account {changed.Id} is revoked.");
        });
    }

    private static Command CreateImport()
    {
        var (account, id) = (Arguments.Account("ACCOUNT"), Arguments.KeyOption());
        return new Command("import", "Lets a key from elsewhere go on working. The key is read from standard input.")
        {
            account, id,
        }.Runs(async (session, token) =>
        {
            var text = await SecretInput.ReadAsync(token);
            var key = (await session.Keys.ImportAsync(session.Context, session.Get(account), text, session.Get(id), new KeySettings(), token)).OrFail();
            var json = new JsonObject { ["id"] = key.Key.Id.ToString(), ["account"] = session.Get(account).ToString() };
            session.Writer.Write(json, $"Imported key {key.Key.Id} into account {session.Get(account)}.");
        });
    }

    private static Option<Scopes> Scope() => new("--scope")
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
}
