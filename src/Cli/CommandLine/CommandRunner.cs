using System.CommandLine;
using Eventicat.Accounts.Storage;
using Eventicat.Cli.Output;
using Eventicat.Control.Operations;
using Eventicat.Hosting.Logging;

namespace Eventicat.Cli.CommandLine;

/// <summary>Runs one command line: errors are one line on the error output and an exit code, whatever went wrong.</summary>
internal static class CommandRunner
{
    private const int Failed = 1;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    private const int Interrupted = 130;

    /// <summary>How long a command may take to end itself after Ctrl-C.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        // Without response files: what follows an '@' is an argument, not a file to read.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            if (parsed.UnmatchedTokens.Count > 0)
            {
                // Not repeated: it may be a key, and this line may end in the log of a build.
                return Fail("There is an argument too many or unknown. A key is read from standard input, never from an argument. See --help.");
            }

            var errors = parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal);
            return Fail($"{string.Join(' ', errors)} See --help.");
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopTimeout,
            });
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception exception)
        {
            // The last resort of the process: a stack trace helps nobody who types commands.
            return Fail(exception.Message);
        }
    }

    /// <summary>Makes a command run with the store that its options name.</summary>
    public static Command Runs(
        this Command command, Func<Session, CancellationToken, Task> run, StoreNeed need = StoreNeed.Accounts)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = Session.Open(parsed, need);
            try
            {
                await run(session, cancellationToken);
            }
            catch (AccountStoreUnavailableException exception)
            {
                throw new CommandException(await session.ExplainAsync(exception, cancellationToken));
            }

            return session.Failed ? Failed : 0;
        });
        return command;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(SecretMask.Apply(OneLine.Of(message)));
        return Failed;
    }
}

/// <summary>Ends a command with this one line on the error output.</summary>
internal sealed class CommandException(string message) : Exception(message);

internal static class OperationResultExtensions
{
    /// <summary>The result's value; a denial ends the command with its text.</summary>
    public static T OrFail<T>(this OperationResult<T> result)
        where T : class =>
        result.Succeeded ? result.Value : throw new CommandException($"{result.Denial.Message}.");
}
