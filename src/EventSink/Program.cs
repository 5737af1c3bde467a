using Eventicat.EventSink;
using Eventicat.EventSink.Configuration;

try
{
    await using var app = EventSinkApplication.Create(args);
    await app.RunAsync();
    return 0;
}
catch (OperationCanceledException)
{
    // Told to stop before it had started.
    return 0;
}
catch (Exception exception) when (StartFailure.Describe(exception) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 1;
}
