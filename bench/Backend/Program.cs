using System.Net.Mime;

// As little as a backend can do: whatever it costs is the same behind every target.
var answer = """{"status":"ok","id":"0198c2f0-7b5e-7cc3-98c4-dc0c0c07398f","received":"2026-01-01T00:00:00Z","duplicate":false}"""u8.ToArray();

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = args });
builder.Configuration.AddCommandLine(args);
builder.WebHost.UseKestrel();
var app = builder.Build();
app.Run(context =>
{
    context.Response.ContentType = MediaTypeNames.Application.Json;
    context.Response.ContentLength = answer.Length;
    return context.Response.Body.WriteAsync(answer, context.RequestAborted).AsTask();
});
await app.RunAsync();
