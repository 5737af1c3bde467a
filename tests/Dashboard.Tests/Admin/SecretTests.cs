using System.Text;
using Eventicat.Accounts;
using Eventicat.Dashboard.Tests.Hosting;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class SecretTests
{
    [Fact]
    public async Task Secrets_AreInNoLogLine_AndInNoFile()
    {
        await using var host = await DashboardHost.StartAsync(
            ("Serilog:MinimumLevel:Default", "Verbose"), ("Serilog:MinimumLevel:Override:Microsoft", "Verbose"), ("Serilog:MinimumLevel:Override:System", "Verbose"));
        var admin = await host.WithOperatorAsync();
        var leaked = ApiKey.Generate(out _).Reveal();
        const string Imported = "existing-canary-key", WrongToken = "evo_CANARY00_canarycanarycanarycanarycanary00", Misplaced = "misplaced-canary";

        await admin.PostAsync("/accounts", """{"id":"acme"}""", ("Idempotency-Key", "a"));
        var key = await admin.PostAsync("/accounts/acme/keys", "{}", ("Idempotency-Key", "k"));
        var replaced = await admin.PostAsync($"/accounts/acme/keys/{key.String("id")}/regenerate", "{}", ("Idempotency-Key", "r"));
        var token = await admin.PostAsync("/tokens", """{"name":"ci"}""", ("Idempotency-Key", "t"));
        var user = await admin.PostAsync("/users", """{"name":"root","operator":true}""", ("Idempotency-Key", "u"));
        (await admin.PostAsync("/accounts/acme/keys/import", $$"""{"key":"{{Imported}}"}""", ("Idempotency-Key", "i"))).Expect(201);
        (await admin.PostAsync("/keys/report-leak", $$"""{"key":"{{leaked}}"}""")).Expect(404);
        (await admin.PostAsync("/keys/report-leak", $$"""{"key":"{{key.String("key")}}"}""")).Expect(200);
        (await new AdminClient(host.Client, WrongToken).GetAsync("/accounts")).Expect(401);
        // Where they do not belong: as a member's name, as a value of another type, in a body that ends too early.
        (await admin.PostAsync("/accounts", $$"""{"{{Misplaced}}":1}""")).Expect(400);
        (await admin.PostAsync("/accounts", $$"""{"id":"x","disabled":"{{Misplaced}}"}""")).Expect(400);
        (await admin.PostAsync("/accounts", $$"""{"id":"x","limit":"{{Misplaced}}""")).Expect(400);
        (await admin.PostAsync("/accounts", $$"""{"id":"x","name":"{{leaked}}"}""")).Expect(400);

        string[] stored = [admin.Token!, key.String("key"), replaced.String("key"), token.String("token"), user.String("code"), Imported, leaked];
        var files = Directory.EnumerateFiles(host.Folder).ToList();
        Assert.Contains(files, file => Path.GetFileName(file) == "control.db");
        foreach (var file in files)
        {
            var text = Encoding.Latin1.GetString(await ReadAsync(file));
            Assert.All(stored, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }

        await host.StopAsync();
        var log = host.Log.ToString();
        Assert.Contains("accounts/{account}/keys", log, StringComparison.Ordinal);
        Assert.All([.. stored, WrongToken, Misplaced], secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    /// <summary>While the database has it open.</summary>
    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }
}
