using Eventicat.EventSink.Errors;

namespace Eventicat.EventSink.Tests.Errors;

public sealed class SinkErrorTests
{
    [Theory]
    [InlineData(400, "Bad request")]
    [InlineData(404, "Not found")]
    [InlineData(405, "Method not allowed")]
    [InlineData(408, "Request timeout")]
    [InlineData(411, "Bad request")]
    [InlineData(413, "Event too large")]
    [InlineData(415, "Content type must be application/json")]
    [InlineData(500, "Internal error")]
    [InlineData(505, "Internal error")]
    public void ForStatus_OfRoutingOrKestrel_KeepsTheStatusAndHasAText(int status, string text)
    {
        var error = SinkError.ForStatus(status);
        Assert.Equal((status, text), (error.Status, error.Text));
    }
}
