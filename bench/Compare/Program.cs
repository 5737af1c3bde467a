using System.CommandLine;
using Eventicat.Bench.Compare;
using Eventicat.Bench.Compare.Load;
using Eventicat.Bench.Compare.Processes;
using Eventicat.Bench.Compare.Results;

var rounds = new Option<int>("--rounds") { Description = "How often each target is measured.", DefaultValueFactory = _ => 10 };
var seconds = new Option<double>("--seconds") { Description = "How long each measurement takes.", DefaultValueFactory = _ => 3 };
var concurrency = new Option<int>("--concurrency") { Description = "Requests under way at any time.", DefaultValueFactory = _ => 32 };

var command = new RootCommand("Compares the gateway with plain YARP: CPU per request, request for request, in one run.") { rounds, seconds, concurrency };
command.SetAction(async (parsed, cancellationToken) =>
{
    var settings = new Settings(
        parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(concurrency));
    try
    {
        await using var testbed = await Testbed.StartAsync(cancellationToken);
        var comparison = await Comparison.RunAsync(testbed, settings, cancellationToken);
        await new Report(Console.Out, testbed, settings, comparison).WriteAsync(cancellationToken);
        return 0;
    }
    catch (Exception exception) when (exception is WrongAnswerException or ProcessFailedException)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();
