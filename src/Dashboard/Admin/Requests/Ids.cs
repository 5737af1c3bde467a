using Eventicat.Dashboard.Admin.Answers;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>Ids in bodies. Those in paths are parsed before a handler runs.</summary>
internal static class Ids
{
    public static Answer Invalid(string member) =>
        Answer.Error(StatusCodes.Status400BadRequest, $"{member} must be 1 to 64 letters, digits, '_' or '-'");
}
