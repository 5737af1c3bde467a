namespace Eventicat.Cli.Output;

/// <summary>Texts from elsewhere, exceptions' above all, may have several lines.</summary>
internal static class OneLine
{
    public static string Of(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
