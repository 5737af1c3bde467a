namespace Eventicat.Dashboard.Sending;

/// <summary>What the gateway answered to a test event.</summary>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Body">As it came, cut at a length that people read.</param>
internal sealed record SentEvent(int Status, string Body)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
