using Eventicat.Gateway;
using Eventicat.Hosting;

return await ServiceProgram.RunAsync(() => GatewayApplication.Create(args));
