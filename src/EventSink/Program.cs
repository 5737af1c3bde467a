using Eventicat.EventSink;
using Eventicat.EventSink.Configuration;
using Eventicat.Hosting.Shutdown;

try
{
    await using var app = EventSinkApplication.Create(args);
    return await app.RunToExitCodeAsync();
}
catch (Exception exception) when (StartFailure.Describe(exception) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 1;
}
