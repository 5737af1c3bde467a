namespace Eventicat.Control.Auditing;

/// <summary>Who does something, as the audit log names them: a kind and a name, as in <c>operator:ada</c>.</summary>
public sealed record Actor
{
    private readonly string _text;

    private Actor(string kind, string name) => _text = $"{kind}:{name}";

    /// <summary>Somebody with a shell.</summary>
    /// <param name="user">The operating system's name of them, and their machine.</param>
    public static Actor CommandLine(string user) => new("cli", user);

    /// <summary>Somebody signed in to the dashboard who may change every account.</summary>
    public static Actor Operator(string user) => new("operator", user);

    /// <summary>Somebody signed in to the dashboard who may change one account.</summary>
    public static Actor Owner(string user) => new("owner", user);

    /// <summary>A program with an operator token.</summary>
    public static Actor Token(string name) => new("token", name);

    public override string ToString() => _text;
}
