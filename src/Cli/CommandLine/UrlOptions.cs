using System.CommandLine;

namespace Eventicat.Cli.CommandLine;

/// <summary>Options whose values are addresses of running services.</summary>
internal static class UrlOptions
{
    public static Option<Uri?> Url(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
                && url is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
            {
                // Without the slash at its end, what is put behind it would replace its last segment.
                return url.AbsoluteUri.EndsWith('/') ? url : new Uri($"{url.AbsoluteUri}/");
            }

            result.AddError($"{name} must be a URL such as https://gateway.example.com.");
            return null;
        },
    };
}
