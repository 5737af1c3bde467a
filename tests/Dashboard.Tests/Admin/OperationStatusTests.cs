using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class OperationStatusTests
{
    public static TheoryData<OperationError> All => [.. Enum.GetValues<OperationError>()];

    [Theory]
    [MemberData(nameof(All))]
    public void EveryError_HasTheStatusThatItsNameSays(OperationError error)
    {
        var name = error.ToString();
        var expected = name.StartsWith("Invalid", StringComparison.Ordinal) ? 400
            : name.EndsWith("NotFound", StringComparison.Ordinal) || error == OperationError.UnknownKey ? 404
            : error == OperationError.Changed ? 412
            : 409;

        Assert.Equal(expected, OperationStatus.Of(error));
    }
}
