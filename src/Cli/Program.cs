using Eventicat.Cli;
using Eventicat.Cli.CommandLine;

return await CommandRunner.RunAsync(new EventicatCommand(), args);
