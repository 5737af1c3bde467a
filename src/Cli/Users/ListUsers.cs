using System.CommandLine;
using System.Runtime.CompilerServices;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Users;

namespace Eventicat.Cli.Users;

/// <summary><c>user list</c></summary>
internal static class ListUsers
{
    private const int PageSize = 200;

    public static Command Create() => new CliCommand(
        "list", "Lists who may sign in to the dashboard.", "eventicat user list", "eventicat user list --json")
        .Runs(
            (session, token) => session.Writer.WriteListAsync(
                PagesAsync(session.Users, token), UserOutput.ToJson, UserOutput.Columns, UserOutput.ToRow),
            StoreNeed.Control);

    private static async IAsyncEnumerable<User> PagesAsync(
        UserOperations users, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        UserName? after = null;
        // Until nothing comes: a page may be short because somebody deletes users meanwhile.
        while (await users.ListAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var user in page)
            {
                yield return user;
            }

            after = page[^1].Name;
        }
    }
}
