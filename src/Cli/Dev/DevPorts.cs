using System.Runtime.InteropServices;

namespace Eventicat.Cli.Dev;

/// <summary>Where the services listen; 0 lets the system choose.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DevPorts(int Gateway, int Management, int Dashboard);
