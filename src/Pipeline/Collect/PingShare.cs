using System.Numerics;

namespace Pharos.Pipeline;

/// <summary>
/// Share of built-in pings that got an answer, by country and bin of measurement. Counts each result once, however often it is told.
/// </summary>
public sealed class PingShare
{
    /// <summary>Most probes per country: their presence in a bin is one bit each.</summary>
    public const int MostProbes = 64;

    private readonly Interval window;
    private readonly int first;
    private readonly int bins;
    private readonly Country[] countries;
    private readonly Dictionary<int, (int Country, int Bit)> places = [];
    private readonly HashSet<(int Probe, long At)> seen = [];
    private readonly (int Sent, int Answered, ulong Probes)[] cells;

    /// <summary>Prepares the counts.</summary>
    public PingShare(Interval window, IReadOnlyList<(Country Country, IReadOnlyList<int> Probes)> asked)
    {
        this.window = window;
        first = Bin.Containing(window.Start).Number;
        bins = window.Bins.Count();
        countries = [.. asked.Select(each => each.Country)];
        cells = new (int, int, ulong)[bins * countries.Length];
        for (var country = 0; country < asked.Count; country++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(asked[country].Probes.Count, MostProbes, nameof(asked));
            for (var bit = 0; bit < asked[country].Probes.Count; bit++)
                places[asked[country].Probes[bit]] = (country, bit);
        }
    }

    /// <summary>Counts the results of one answer: lines or an array, of any firmware.</summary>
    public Sieve Add(ReadOnlySpan<byte> bytes, long measurement)
    {
        var sieve = new Sieve();
        var latest = (window.End + Bin.Length).ToUnixTimeSeconds();
        var records = new AtlasRecords(bytes);
        while (records.Next(sieve, out var result))
        {
            if (!result.IsPing)
                sieve.Skip($"type {result.Type}");
            else if (result.Measurement != 0 && result.Measurement != measurement)
                sieve.Skip("another measurement");
            else if (result.Timestamp > latest)
                sieve.Reject("timestamp: in the future of the question", records.Current);
            else if (!places.TryGetValue(result.Probe, out var place))
                sieve.Skip("probe was not asked for");
            else
                Count(result, place, sieve);
        }
        return sieve;
    }

    /// <summary>Adds what was counted from an answer about other probes, over the same window and countries.</summary>
    public void Add(PingShare other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < cells.Length; i++)
            cells[i] = (cells[i].Sent + other.cells[i].Sent, cells[i].Answered + other.cells[i].Answered, cells[i].Probes | other.cells[i].Probes);
    }

    /// <summary>The readings; a bin without any result is absent.</summary>
    public IEnumerable<SignalReading> Read()
    {
        for (var i = 0; i < cells.Length; i++)
            if (cells[i] is { Sent: > 0 } cell)
            {
                var reading = Reading.Of(cell.Answered / (double)cell.Sent, BitOperations.PopCount(cell.Probes));
                yield return new SignalReading(countries[i / bins], Signals.AtlasPing, new Bin(first + (i % bins)), reading);
            }
    }

    private void Count(in AtlasResult result, (int Country, int Bit) place, Sieve sieve)
    {
        var bin = (int)(result.Timestamp / 300) - first;
        if (bin < 0 || bin >= bins)
            sieve.Skip("outside the window");
        else if (result.Sent == 0)
            sieve.Skip("nothing sent");
        else if (!seen.Add((result.Probe, result.Timestamp)))
            sieve.Skip("repeated");
        else
        {
            ref var cell = ref cells[(place.Country * bins) + bin];
            cell = (cell.Sent + 1, cell.Answered + (result.Received > 0 ? 1 : 0), cell.Probes | (1UL << place.Bit));
        }
    }
}
