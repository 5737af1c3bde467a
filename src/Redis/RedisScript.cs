namespace Eventicat.Redis;

/// <summary>Lua scripts are files embedded in the assembly of the room that runs them; each says in its header what it takes and gives.</summary>
public static class RedisScript
{
    /// <param name="user">A type of the folder that the script is in.</param>
    /// <param name="file">The script's file name.</param>
    /// <returns>Its text, for the client's overload that sends it again to a server that has lost it.</returns>
    public static string Load(Type user, string file)
    {
        ArgumentNullException.ThrowIfNull(user);
        using var stream = user.Assembly.GetManifestResourceStream(user, file)
            ?? throw new ArgumentException($"There is no script '{file}' beside {user}.", nameof(file));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
