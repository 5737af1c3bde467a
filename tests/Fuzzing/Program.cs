using System.Globalization;
using Eventicat.Fuzzing;

// dotnet run -c Release --project tests/Fuzzing -- [requests] [seed]
// dotnet run -c Release --project tests/Fuzzing -- replay FILE
FuzzReport report;
if (args is ["replay", var file])
{
    report = await FuzzRun.ReplayAsync(await File.ReadAllTextAsync(file));
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
