using System.Globalization;

namespace Pharos.Outages.Tests;

/// <summary>A country whose readings are written down as functions of the bin, and what the detector makes of them.</summary>
internal sealed class Given
{
    private readonly List<(Signal Signal, Func<Bin, Reading> Reading)> series = [];
    private readonly Dictionary<(string Signal, int Bin), GuardVerdict> verdicts = [];

    public static readonly Bin Start = Bin.Parse("2014-11-01T00:00:00Z");

    public Country Country { get; private init; }

    public static Given A(string country) => new() { Country = Country.Parse(country) };

    public Given With(Signal signal, Func<Bin, Reading> reading)
    {
        series.Add((signal, reading));
        return this;
    }

    /// <summary>A level with small steady noise, reduced by a share while a drop lasts.</summary>
    public Given With(Signal signal, double level, double noise, Func<Bin, double>? lost = null, int? coverage = null)
    {
        return With(signal, bin => (bin.Number % signal.Period) != 0
            ? default
            : Reading.Of(Math.Max(0, Math.Round(level * (1 + (noise * Wobble(bin, signal))) * (1 - (lost?.Invoke(bin) ?? 0)), 3)), coverage));
    }

    public Given Withdrawn(Signal signal, Bin bin)
    {
        verdicts[(signal.Name, bin.Number)] = GuardVerdict.None with { Withdrawn = true };
        return this;
    }

    public (CountryState State, List<Assessment> Found) Through(Bin last) => Through(last, Method.Standard);

    public (CountryState State, List<Assessment> Found) Through(Bin last, Method method)
    {
        var state = new CountryState(Country, [.. series.Select(s => s.Signal)], method);
        return (state, Continue(state, Start, last));
    }

    public List<Assessment> Continue(CountryState state, Bin from, Bin last)
    {
        var found = new List<Assessment>();
        for (var bin = from; bin <= last; bin += 1)
        {
            Detector.Fold(state, bin, [.. series.Select(s => s.Reading(bin))], [.. series.Select(s => verdicts.GetValueOrDefault((s.Signal.Name, bin.Number), GuardVerdict.None))]);
            found.Add(state.Assessment());
        }
        return found;
    }

    /// <summary>Noise between −1 and 1, the same for the same bin and signal.</summary>
    public static double Wobble(Bin bin, Signal signal)
    {
        unchecked
        {
            var hash = (uint)bin.Number * 2654435761u;
            foreach (var letter in signal.Name)
                hash = (hash ^ letter) * 16777619u;
            hash ^= hash >> 15;
            hash *= 2246822519u;
            hash ^= hash >> 13;
            return (hash / (double)uint.MaxValue * 2) - 1;
        }
    }

    public static Bin At(string time) => Bin.Parse(time.Length == 16 ? time + ":00Z" : time);

    /// <summary>Share lost by a list of drops: from, until, share.</summary>
    public static Func<Bin, double> Drops(params (string From, string Until, double Share)[] drops)
    {
        var known = drops.Select(d => (From: Moment(d.From), Until: Moment(d.Until), d.Share)).ToList();
        return bin => known.Where(d => d.From <= bin.Start && bin.Start < d.Until).Select(d => d.Share).DefaultIfEmpty(0).Max();
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
