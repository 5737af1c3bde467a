using Eventicat.Dashboard.Admin.Answers;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>A handler's parameter that is read from the request and may be wrong there. The handler runs only if none is.</summary>
internal interface IRequestPart
{
    Answer? Refusal { get; }
}
