using System.CommandLine;
using System.CommandLine.Parsing;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Dev;

/// <summary><c>eventicat dev</c>: everything in one process on embedded stores.</summary>
internal static class DevCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "The folder that keeps accounts and events.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".eventicat",
    };

    private static readonly Option<int> Port = PortOption("--port", "The gateway's port.", 8080);
    private static readonly Option<int> ManagementPort = PortOption("--management-port", "The port of the gateway's health endpoints.", 8081);

    private static readonly Option<int> DashboardPort = PortOption("--dashboard-port", "The dashboard's port.", 8082);

    public static Command Create()
    {
        var command = new CliCommand(
            "dev", "Runs gateway, event sink and dashboard here, with a demo account on first run.",
            "eventicat dev", "eventicat dev --data /tmp/try --port 0 --management-port 0 --dashboard-port 0 --json")
        {
            Data, Port, ManagementPort, DashboardPort,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (new[] { CommonOptions.Accounts, CommonOptions.Redis, CommonOptions.Control }.Any(option => parsed.GetValue(option) is not null))
        {
            throw new CommandException("dev keeps everything in --data; --accounts, --redis and --control are not for it.");
        }

        // The parser listens for Ctrl-C only once its action has yielded, which a quick start would not do by itself.
        await Task.Yield();
        var folder = Path.GetFullPath(parsed.GetValue(Data)!);
        await using var environment = await DevEnvironment.StartAsync(
            folder,
            new DevPorts(parsed.GetValue(Port), parsed.GetValue(ManagementPort), parsed.GetValue(DashboardPort)),
            cancellationToken);
        var demo = await DevDemo.EnsureAsync(environment, cancellationToken);
        Console.Out.WriteLine(parsed.GetValue(CommonOptions.Json)
            ? DevOutput.ToJson(environment, demo)
            : DevOutput.ToText(environment, demo));
        return await environment.RunUntilStoppedAsync(cancellationToken);
    }

    private static Option<int> PortOption(string name, string description, int port)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "PORT", DefaultValueFactory = _ => port };
        option.Validators.Add(CheckPort);
        return option;
    }

    /// <summary>0 lets the system choose.</summary>
    private static void CheckPort(OptionResult result)
    {
        if (result.Tokens is [var token] && !ushort.TryParse(token.Value, out _))
        {
            result.AddError($"{result.Option.Name} must be 0 to 65535, not '{token.Value}'.");
        }
    }
}
