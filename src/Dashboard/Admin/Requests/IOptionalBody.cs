namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>A body of which nothing is required, so that it may be missing as a whole.</summary>
internal interface IOptionalBody;
