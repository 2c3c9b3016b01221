namespace Pharos.Pipeline;

/// <summary>Why an upstream gave nothing to read.</summary>
public enum FailureKind
{
    /// <summary>No connection, or it broke before the answer was whole.</summary>
    Unreachable,

    /// <summary>It said no: a 4xx status.</summary>
    Refused,

    /// <summary>It asked us to come later: 429 or 503.</summary>
    Busy,

    /// <summary>It is ill: any other 5xx status, most often a gateway's HTML page.</summary>
    Broken,

    /// <summary>The answer, unpacked, is larger than the limit.</summary>
    TooLarge,

    /// <summary>The whole answer did not come within the deadline.</summary>
    TooSlow,

    /// <summary>It answered 200 with something that is no JSON.</summary>
    NotJson,

    /// <summary>It sent us to another host.</summary>
    Elsewhere,

    /// <summary>Not asked: the host failed so often that it is left alone for a while.</summary>
    Paused,
}

/// <summary>Why there is nothing to read, and when to come back if the upstream said so.</summary>
public sealed record Failure(FailureKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether asking again soon may help.</summary>
    public bool Passing => Kind is FailureKind.Unreachable or FailureKind.Busy or FailureKind.Broken;

    /// <summary>As <c>Busy: 429 Too Many Requests</c>.</summary>
    public override string ToString() => $"{Kind}: {Message}";
}

/// <summary>What came back from one question. Weather is a value here: a source must be able to tell a gap from a figure.</summary>
/// <param name="Uri">What was asked.</param>
/// <param name="Status">HTTP status; 0 when none came.</param>
/// <param name="At">When the exchange ended.</param>
/// <param name="Bytes">The body, unpacked, verbatim; also that of an error page. Empty when none came.</param>
/// <param name="Failure">Null when the body is worth parsing.</param>
public sealed record Answer(Uri Uri, int Status, DateTimeOffset At, ReadOnlyMemory<byte> Bytes, Failure? Failure)
{
    /// <summary>Whether the body is worth parsing.</summary>
    public bool Ok => Failure is null;
}
