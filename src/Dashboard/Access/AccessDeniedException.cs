namespace Eventicat.Dashboard.Access;

/// <summary>Somebody asks for what their page has not offered them, or no longer may what it has.</summary>
internal sealed class AccessDeniedException() : Exception("Access denied.");
