namespace Eventicat.Control.Storage.Redis;

/// <summary>The scripts beside this file, which say in their headers what they take and give.</summary>
internal static class ControlScript
{
    public static readonly string PutRecord = Load("put_record.lua");
    public static readonly string DeleteRecord = Load("delete_record.lua");
    public static readonly string AppendAudit = Load("append_audit.lua");

    private static string Load(string name)
    {
        using var stream = typeof(ControlScript).Assembly.GetManifestResourceStream(typeof(ControlScript), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
