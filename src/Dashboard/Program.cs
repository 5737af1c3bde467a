using Eventicat.Dashboard;
using Eventicat.Hosting;

return await ServiceProgram.RunAsync(() => DashboardApplication.Create(args));
