using Eventicat.EventSink;
using Eventicat.Hosting;

return await ServiceProgram.RunAsync(() => EventSinkApplication.Create(args));
