using Eventicat.Fuzzing.Target;

namespace Eventicat.Fuzzing.Model;

/// <summary>Holds what a backend saw against what it had to see.</summary>
internal static class Comparison
{
    /// <returns>The first difference; <c>null</c>: there is none.</returns>
    public static (string Kind, string Detail)? Find(ExpectedRequest expected, StrictRequest seen, bool isBodyBroken)
    {
        if (seen.Line != expected.Line)
        {
            return ("another request line was forwarded", $"'{seen.Line}' instead of '{expected.Line}'");
        }

        if (isBodyBroken ? !expected.Body.StartsWith(seen.Body, StringComparison.Ordinal) : seen.Body != expected.Body)
        {
            return ("another body was forwarded", $"'{seen.Body}' instead of '{expected.Body}'");
        }

        var fields = seen.Fields.GroupBy(field => field.Name.ToLowerInvariant(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join(ForwardedFields.SeparatorOf(group.Key), group.Select(field => field.Value)).Trim(' ', '\t'), StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            if (expected.Optional.Contains(name) || name == "x-request-id")
            {
                continue;
            }

            if (!expected.Fields.TryGetValue(name, out var due))
            {
                return ("a header was forwarded that must not be", $"'{name}: {value}'");
            }

            if (due != value)
            {
                return ("a header's value was changed", $"'{name}: {value}' instead of '{due}'");
            }
        }

        return expected.Fields.Keys.FirstOrDefault(name => !fields.ContainsKey(name)) is { } missing
            ? ("a header was not forwarded", $"'{missing}: {expected.Fields[missing]}'")
            : null;
    }
}
