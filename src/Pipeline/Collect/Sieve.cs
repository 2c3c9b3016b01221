using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>What a parser makes of one answer: readings, what it left out on purpose and why, and what it could not read.</summary>
public sealed class Sieve
{
    /// <summary>Rejects kept with their excerpt per answer; the rest are only counted.</summary>
    public const int MostRejects = 100;

    private readonly List<SignalReading> readings = [];
    private readonly List<Reject> rejects = [];
    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);

    /// <summary>The readings, in the order of the answer.</summary>
    public IReadOnlyList<SignalReading> Readings => readings;

    /// <summary>The first <see cref="MostRejects"/> records that could not be read.</summary>
    public IReadOnlyList<Reject> Rejects => rejects;

    /// <summary>Records that could not be read, all of them.</summary>
    public int Rejected { get; private set; }

    /// <summary>Records left out on purpose, counted by reason.</summary>
    public IReadOnlyDictionary<string, int> Skipped => skipped;

    /// <summary>Why the whole answer is of no use (an error text, maintenance, no JSON); null when it is of use. Then nothing is known, which is not zero.</summary>
    public string? Unusable { get; private set; }

    /// <summary>Whether the answer was cut before its end; what stands before the cut was read.</summary>
    public bool Cut { get; private set; }

    /// <summary>Until when the source says it has figures, or the newest figure's start; null when nobody can tell.</summary>
    public DateTimeOffset? Latest { get; internal set; }

    /// <summary>The start of a record as it came: at most 200 characters, without control characters.</summary>
    public static string Excerpt(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        return string.Create(text.Length, text, static (into, from) =>
        {
            for (var i = 0; i < into.Length; i++)
                into[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });
    }

    internal void Add(Country country, Signal signal, Bin bin, Reading reading) => readings.Add(new SignalReading(country, signal, bin, reading));

    internal void Skip(string reason, int count = 1) => skipped[reason] = skipped.GetValueOrDefault(reason) + count;

    internal void Reject(string reason, ReadOnlySpan<byte> record)
    {
        if (Rejected++ < MostRejects)
            rejects.Add(new Reject(reason, Excerpt(record)));
    }

    internal void RejectCut(string reason, ReadOnlySpan<byte> record)
    {
        Cut = true;
        Reject($"truncated: {reason}", record);
    }

    // The raw bytes, because text that is no valid UTF-8 throws.
    internal void Reject(string reason, JsonElement record) => Reject(reason, JsonMarshal.GetRawUtf8Value(record));

    /// <summary>Gives the answer up as a whole; what was read of it before is forgotten.</summary>
    internal Sieve Refuse(string why, ReadOnlySpan<byte> answer)
    {
        Unusable = why;
        readings.Clear();
        Reject(why, answer);
        return this;
    }
}
