namespace Pharos.Pipeline;

/// <summary>A probe that connected to or disconnected from its controller.</summary>
public readonly record struct ProbeEvent(int Probe, long At, bool Connects) : IComparable<ProbeEvent>
{
    /// <summary>By probe, then time; at one second the disconnect comes first, because it is logged at the reconnect.</summary>
    public int CompareTo(ProbeEvent other) => (Probe, At, Connects).CompareTo((other.Probe, other.At, other.Connects));
}

/// <summary>What measurement 7000 tells.</summary>
/// <param name="Events">By probe and time, without repeats.</param>
/// <param name="Sieve">What was left out. Of a log that was cut nothing may be counted: what is missing may be a disconnect.</param>
public sealed record ConnectionLog(IReadOnlyList<ProbeEvent> Events, Sieve Sieve)
{
    /// <summary>In: lines or an array, in any order, with repeats and missing partners. Out: the events, sorted.</summary>
    public static ConnectionLog Parse(ReadOnlySpan<byte> bytes, Interval? window = null)
    {
        var sieve = new Sieve();
        var events = new SortedSet<ProbeEvent>();
        var until = window is { } asked ? (asked.End + Bin.Length).ToUnixTimeSeconds() : long.MaxValue;
        var records = new AtlasRecords(bytes);
        while (records.Next(sieve, out var result))
        {
            if (!result.IsConnection)
                sieve.Skip($"type {result.Type}");
            else if (result.Timestamp > until)
                sieve.Reject("timestamp: in the future of the question", records.Current);
            else if (!events.Add(new ProbeEvent(result.Probe, result.Timestamp, result.Connects!.Value)))
                sieve.Skip("repeated");
        }
        return new ConnectionLog([.. events], sieve);
    }
}
