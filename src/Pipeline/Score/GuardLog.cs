using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>The guard's verdicts as kept: only those that say something have a row. What concerns countries and what only the guard remembers lie apart,
/// because every country reads the first in every round.</summary>
public sealed class GuardLog(ITables tables)
{
    private sealed record Kept(double Common, bool Withdrawn, string? Why, int Hold, string[] Dropped);

    private const string ForCountries = "verdict", Memory = "memory";

    /// <summary>Every country of a round reads the same few rows.</summary>
    private readonly RowCache<GuardVerdict> unpacked = new(4096, Unpack);

    /// <summary>Verdicts of a run of bins as they concern countries, indexed by bin, then by signal in the order given.</summary>
    public Task<GuardVerdict[][]> Read(Bin from, Bin through, IReadOnlyList<Signal> signals, CancellationToken cancel) =>
        Read(ForCountries, from, through, signals, cancel);

    /// <summary>The same with all the guard remembers.</summary>
    public Task<GuardVerdict[][]> Recall(Bin from, Bin through, IReadOnlyList<Signal> signals, CancellationToken cancel) =>
        Read(Memory, from, through, signals, cancel);

    private async Task<GuardVerdict[][]> Read(string partition, Bin from, Bin through, IReadOnlyList<Signal> signals, CancellationToken cancel)
    {
        var verdicts = new GuardVerdict[through - from + 1][];
        var quiet = new GuardVerdict[signals.Count];
        Array.Fill(quiet, GuardVerdict.None);
        Array.Fill(verdicts, quiet);
        await foreach (var row in tables.Query(ScoreTables.Guard, partition, ScoreTables.Key(from), ScoreTables.Key(through + 1), cancel))
        {
            var at = int.Parse(row.Key.AsSpan(0, 9), System.Globalization.CultureInfo.InvariantCulture) - from.Number;
            for (var i = 0; i < signals.Count; i++)
            {
                if (!row.Key.AsSpan(10).SequenceEqual(signals[i].Name))
                    continue;
                if (ReferenceEquals(verdicts[at], quiet))
                    verdicts[at] = [.. quiet];
                verdicts[at][i] = unpacked.Of(row);
            }
        }
        return verdicts;
    }

    /// <summary>Keeps a verdict; one that says nothing needs no row.</summary>
    public async Task Write(Bin bin, Signal signal, GuardVerdict verdict, CancellationToken cancel)
    {
        var key = $"{ScoreTables.Key(bin)}|{signal.Name}";
        var kept = new Kept(verdict.CommonRatio, verdict.Withdrawn, verdict.Why, verdict.Hold, [.. verdict.Dropped.Select(country => country.Code)]);
        await Write(ForCountries, key, SameForCountries(verdict, GuardVerdict.None) ? null : kept with { Dropped = [] }, cancel);
        await Write(Memory, key, Same(verdict, GuardVerdict.None) ? null : kept, cancel);
    }

    private static GuardVerdict Unpack(ReadOnlyMemory<byte> body)
    {
        var kept = JsonSerializer.Deserialize<Kept>(body.Span)!;
        return new GuardVerdict(kept.Common, kept.Withdrawn, kept.Why, kept.Hold, [.. kept.Dropped.Select(Country.Parse)]);
    }

    private Task Write(string partition, string key, Kept? kept, CancellationToken cancel) => kept is null
        ? tables.Delete(ScoreTables.Guard, partition, key, cancel)
        : tables.Write(ScoreTables.Guard, new Row(partition, key, JsonSerializer.SerializeToUtf8Bytes(kept)), Expect.Anything, cancel);

    /// <summary>Whether two verdicts are the same in everything that is kept.</summary>
    public static bool Same(GuardVerdict left, GuardVerdict right) =>
        SameForCountries(left, right) && left.Hold == right.Hold && left.Why == right.Why && left.Dropped.SequenceEqual(right.Dropped);

    /// <summary>Whether two verdicts are the same for the judgement of a country.</summary>
    public static bool SameForCountries(GuardVerdict left, GuardVerdict right) =>
        left.CommonRatio == right.CommonRatio && left.Withdrawn == right.Withdrawn;
}
