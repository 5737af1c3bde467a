using System.Globalization;
using System.Text;

namespace Eventicat.TestSupport.Http;

/// <summary>The receiving side of one HTTP/2 stream.</summary>
internal sealed class RawHttp2Stream
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<RawHttp2Answer> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _block = [];
    private readonly StringBuilder _body = new();
    private readonly List<(string Name, string Value)> _trailers = [];
    private List<(string Name, string Value)> _headers = [];
    private int _status;
    private bool _isAnswered;
    private bool _endsWithBlock;

    public Task<RawHttp2Answer> Ended => _ended.Task;

    public RawHttp2Answer Seen() => Ended.IsCompletedSuccessfully ? Ended.Result : Snapshot(RawHttp2End.Open, 0);

    public void TakeHeaders(byte[] part, bool isComplete, bool ends)
    {
        lock (_gate)
        {
            _block.AddRange(part);
            _endsWithBlock |= ends;
            if (!isComplete)
            {
                return;
            }

            var fields = HPack.Decode([.. _block]);
            _block.Clear();
            if (_isAnswered)
            {
                _trailers.AddRange(fields);
            }
            else
            {
                // An interim answer (1xx) is forgotten when the real one comes.
                _status = int.Parse(fields.Single(field => field.Name == ":status").Value, CultureInfo.InvariantCulture);
                _isAnswered = _status is < 100 or >= 200;
                _headers = [.. fields.Where(field => !field.Name.StartsWith(':'))];
            }
        }

        if (_endsWithBlock)
        {
            Finish(RawHttp2End.Answered, 0);
        }
    }

    public void TakeData(byte[] data, bool ends)
    {
        lock (_gate)
        {
            _body.Append(Encoding.Latin1.GetString(data));
        }

        if (ends)
        {
            Finish(RawHttp2End.Answered, 0);
        }
    }

    public void Finish(RawHttp2End end, uint error) => _ended.TrySetResult(Snapshot(end, error));

    private RawHttp2Answer Snapshot(RawHttp2End end, uint error)
    {
        lock (_gate)
        {
            return new RawHttp2Answer(end, error, _status, _headers, _body.ToString(), [.. _trailers]);
        }
    }
}
