using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>The one table from the denial of an operation to the HTTP status.</summary>
internal static class OperationStatus
{
    public static int Of(OperationError error) => error switch
    {
        OperationError.AccountNotFound or OperationError.KeyNotFound or OperationError.AggregatorNotFound or OperationError.UnknownKey =>
            StatusCodes.Status404NotFound,
        OperationError.AccountExists or OperationError.KeyExists or OperationError.AggregatorExists
            or OperationError.Taken or OperationError.KeyNotUsable => StatusCodes.Status409Conflict,
        OperationError.Changed => StatusCodes.Status412PreconditionFailed,
        OperationError.InvalidName or OperationError.InvalidLimit or OperationError.InvalidKey
            or OperationError.InvalidExpiry or OperationError.InvalidScopes => StatusCodes.Status400BadRequest,
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "No status is decided for this error."),
    };

    /// <summary>The sentence of the denial, or a fixed one where the API's documentation promises it.</summary>
    public static string TextOf(Denial denial) =>
        denial.Error == OperationError.Changed ? "Account was changed meanwhile" : denial.Message;
}
