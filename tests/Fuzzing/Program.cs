using System.Globalization;
using Eventicat.Fuzzing;
using Eventicat.Fuzzing.Answers;

// dotnet run -c Release --project tests/Fuzzing -- [requests] [seed]
// dotnet run -c Release --project tests/Fuzzing -- replay FILE
// dotnet run -c Release --project tests/Fuzzing -- answers [count] [seed] [only this one]
FuzzReport report;
if (args is ["replay", var file])
{
    report = await FuzzRun.ReplayAsync(await File.ReadAllTextAsync(file));
}
else if (args is ["answers", ..])
{
    var numbers = args.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
    report = await AnswerRun.RunAsync(numbers.ElementAtOrDefault(0) is > 0 and var count ? count : 20_000, numbers.Length > 1 ? numbers[1] : Random.Shared.Next(), numbers.Length > 2 ? numbers[2] : null);
}
else
{
    var requests = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200_000;
    var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Random.Shared.Next();
    Console.WriteLine($"{requests} requests, seed {seed}");
    report = await FuzzRun.RunAsync(requests, seed);
}

Console.WriteLine(report);
return report.HasFailures ? 1 : 0;
