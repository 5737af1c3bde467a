namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>A parameter that knows the body as it came.</summary>
internal interface IBodyPart : IRequestPart
{
    string Sha256 { get; }
}
