namespace Eventicat.Bench.Compare.Load;

/// <summary>Numbers of a target that does not do its job mean nothing: the run ends.</summary>
internal sealed class WrongAnswerException : Exception
{
    public WrongAnswerException()
    {
    }

    public WrongAnswerException(string message)
        : base(message)
    {
    }

    public WrongAnswerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
