using System.Globalization;
using Eventicat.Hosting.Logging;
using Serilog.Formatting.Display;

namespace Eventicat.Cli.Dev;

/// <summary>Log lines for people, on the error output: the output belongs to the result.</summary>
internal static class DevLog
{
    public static MaskedOutput Create(string service) => new MaskedOutput(
        new MessageTemplateTextFormatter(
            $"{{Timestamp:HH:mm:ss}} {{Level:u3}} {service} {{Message:lj}}{{NewLine}}{{Exception}}", CultureInfo.InvariantCulture),
        StandardOutputs.Error,
        TimeProvider.System);
}
