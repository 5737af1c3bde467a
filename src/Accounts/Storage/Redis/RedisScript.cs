namespace Eventicat.Accounts.Storage.Redis;

/// <summary>The scripts beside this file, which say in their headers what they take and give.</summary>
internal static class RedisScript
{
    public static readonly string Claim = Load("claim.lua");
    public static readonly string Change = Load("change.lua");
    public static readonly string Drop = Load("drop.lua");
    public static readonly string Enter = Load("enter.lua");
    public static readonly string Leave = Load("leave.lua");
    public static readonly string WriteCheck = Load("write_check.lua");

    private static string Load(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream(typeof(RedisScript), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
