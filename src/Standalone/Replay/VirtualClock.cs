namespace Pharos.Standalone;

/// <summary>A clock that stands still until it is set: the time of a replay.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    /// <summary>Moves to a moment; never backwards.</summary>
    public void MoveTo(DateTimeOffset moment) => Interlocked.Exchange(ref ticks, Math.Max(Interlocked.Read(ref ticks), moment.UtcTicks));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}
