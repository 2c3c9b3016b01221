namespace Pharos.Outages.Tests;

/// <summary>North Korea, December 2014: the published course of the outage with invented dips and readings.</summary>
internal static class Sample
{
    public const string Event = "00c0ffee00c0ffee";

    public static readonly Place NorthKorea = new(Country.Parse("KP"), "North Korea", "Asia/Pyongyang", 1, 25_000_000);

    public static readonly Bin FirstEvidence = Bin.Parse("2014-12-21T14:05:00Z");
    public static readonly Bin Gone = Bin.Parse("2014-12-22T16:15:00Z");
    public static readonly Bin Back = Bin.Parse("2014-12-23T01:45:00Z");

    /// <summary>Five dips before the great one: start, bins, peak.</summary>
    private static readonly Dip[] Early =
    [
        .. (((string Start, int Bins, double Peak)[])
        [
            ("2014-12-21T14:05:00Z", 3, .25), ("2014-12-21T21:40:00Z", 4, .25), ("2014-12-22T03:20:00Z", 5, .5), ("2014-12-22T08:30:00Z", 7, .5), ("2014-12-22T13:10:00Z", 9, .75),
        ]).Select(dip => new Dip(Bin.Parse(dip.Start), Bin.Parse(dip.Start) + dip.Bins, dip.Peak)),
    ];

    public static Revision Unstable => Revise(1, Change.Opened, Found(Bin.Parse("2014-12-22T04:00:00Z"), State.Unstable, EventClass.Unstable, 3), "Three short dips within a day.");

    public static Revision Worsening =>
        Revise(2, Change.Worsened, Found(Bin.Parse("2014-12-22T14:00:00Z"), State.Worsening, EventClass.Worsening, 5), "Dips come faster and last longer.");

    public static Revision Outage => Revise(3, Change.Worsened, Found(Bin.Parse("2014-12-22T19:20:00Z"), State.Outage, EventClass.Worsening, 6), "All routes are gone.");

    public static Revision Ended => Revise(4, Change.Ended, Found(Bin.Parse("2014-12-23T06:30:00Z"), State.Stable, EventClass.Worsening, 6, over: true), "The end was observed.");

    public static Revision Retracted => Outage with { Number = 4, Change = Change.Retracted, Reason = "Late data show no loss." };

    public static ReportFacts FactsOf(Revision revision, params Revision[] earlier) => new(
        revision, earlier, Background(revision.Found.State, BinOf(revision)) with { Record = Record(revision), Hypotheses = Weighed(revision) });

    public static StabilityRecord Record(Revision revision)
    {
        var blip = Bin.Parse("2014-10-02T03:00:00Z");
        var long2013 = Bin.Parse("2013-03-13T22:40:00Z");
        PastEvent[] past =
        [
            new("0000000000000001", revision.Found with { Start = long2013, End = long2013 + 24, Class = EventClass.Sudden, Depth = 1, Dips = [new Dip(long2013, long2013 + 24, 1)], AreaHours = 2 }),
            new("0000000000000002", revision.Found with { Start = blip, End = blip + 2, Class = EventClass.Blip, Depth = .5, Dips = [new Dip(blip, blip + 2, .5)], AreaHours = .1 }),
        ];
        return StabilityRecord.Of(new PastEvent(Event, revision.Found), past, BinOf(revision), new ObservedTime(812, 715, 8_600, .982), .05);
    }

    public static IReadOnlyList<Hypothesis> Weighed(Revision revision)
    {
        var last = BinOf(revision);
        var around = Enumerable.Range(0, ReportFacts.HistoryHours * Bin.PerHour).Select(back => last - back).Reverse().Select(bin => Assessment(State.Stable, bin, 1 - LossAt(bin)));
        return HypothesisWeighing.Of(FeatureReading.Of(revision.Found, [.. around], [], NorthKorea.TimeZone, last));
    }

    public static Background Background(State state, Bin bin)
    {
        var down = state == State.Outage;
        return new(NorthKorea, Assessment(state, bin, down ? 0 : 1), History(bin), new Stability(.9831, .99974, 9, 812), []);
    }

    public static Assessment Assessment(State state, Bin bin, double share)
    {
        SignalAssessment Of(Signal signal, Reading reading, double? expected, double spread, double weight) =>
            new(signal, reading, expected, spread, reading.TryValue(out var value) && expected > 0 ? Math.Clamp(1 - (value / expected.Value), 0, 1) : 0, share < 1 ? 11.5 : 0, weight);
        return new Assessment(
            NorthKorea.Country, bin, state, share < .1 ? Now.Down : Now.Up, 100 * share, .97, .71, 11.5, state == State.Worsening ? new Worsening(true, 2.8, 1, 2.4, 5) : Pharos.Outages.Worsening.None,
            share < .05 ? Flags.LeftGlobalInternet : Flags.None,
            [
                Of(Signals.RipestatPrefixesV4, Reading.Of(4 * share, 171), 4, .0012, .5),
                Of(Signals.IodaBgp, Reading.Of(4 * share, 268), 4, .002, .5),
                Of(Signals.IodaPing, Reading.Of(3 * share), 3, .06, .4),
                Of(Signals.AtlasConnected, Reading.Missing(Gap.NoVantagePoints), null, 0, 0),
                Of(Signals.IodaTelescope, Reading.Missing(Gap.SourceUnreachable), 6, .4, 0),
            ])
        {
            Planes = new PlaneNumbers(.75, 1 - share, .4, 1 - share, 0, 0),
        };
    }

    public static IReadOnlyList<SignalHistory> History(Bin last) =>
    [
        HistoryOf(Signals.RipestatPrefixesV4, last, 4, .0012, 4, gap: 0),
        HistoryOf(Signals.IodaBgp, last, 4, .002, 4, gap: 60),
        HistoryOf(Signals.IodaPing, last, 3, .06, 30, gap: 0),
        new SignalHistory(Signals.AtlasConnected, []),
        HistoryOf(Signals.IodaTelescope, last, 6, .14, 60, gap: 60),
    ];

    public static double LossAt(Bin bin) => bin >= Gone && bin < Back
        ? 1
        : Early.Where(dip => bin >= dip.Start && bin < dip.End).Select(dip => dip.Peak).DefaultIfEmpty(0).Max();

    /// <summary>Last judged bin behind each revision.</summary>
    public static Bin BinOf(Revision revision) => Bin.Parse(revision.Number switch
    {
        1 => "2014-12-22T04:00:00Z",
        2 => "2014-12-22T14:00:00Z",
        3 => "2014-12-22T19:20:00Z",
        _ => "2014-12-23T06:30:00Z",
    });

    private static SignalHistory HistoryOf(Signal signal, Bin last, double expected, double spread, double grain, int gap) => new(
        signal,
        [
            .. Enumerable.Range(0, ReportFacts.HistoryHours * Bin.PerHour).Select(step => last - (ReportFacts.HistoryHours * Bin.PerHour) + 1 + step)
                .Where(bin => bin.Number % signal.Period == 0)
                .Select(bin => new HistoryPoint(bin, (signal == Signals.IodaTelescope ? last - bin : last - bin - 300) is var age && age >= 0 && age < gap ? null : Value(bin, expected, spread, grain), expected, spread)),
        ]);

    private static double Value(Bin bin, double expected, double spread, double grain) =>
        Math.Max(0, Math.Round(grain * expected * (1 - LossAt(bin)) * (1 + (spread * Math.Sin(bin.Number * 1.7)))) / grain);

    private static FoundEvent Found(Bin bin, State state, EventClass kind, int dips, bool over = false)
    {
        List<Dip> all = [.. Early.Take(dips)];
        if (dips > Early.Length)
            all.Add(new Dip(Gone, over ? Back : null, 1));
        var hours = all.Sum(dip => dip.Peak * ((dip.End ?? bin + 1) - dip.Start) / Bin.PerHour);
        return new(
            FirstEvidence, Bin.Parse("2014-12-22T03:30:00Z"), over ? Back : null, over ? bin : null, state, state == State.Outage ? Now.Down : Now.Up, kind, all.Max(dip => dip.Peak), hours,
            state == State.Unstable ? .82 : .97, .6, dips > 4 ? Bin.Parse("2014-12-22T09:05:00Z") : null, all);
    }

    private static Revision Revise(int number, Change change, FoundEvent found, string reason) => new(
        Event, number, change, NorthKorea.Country, found,
        new Severity(Math.Min(10, Math.Log10(1 + (found.AreaHours * 25_000_000))), 100 * found.AreaHours / (found.AreaHours + 6), found.AreaHours * 25_000_000),
        new Clocks(
            FirstEvidence.Start, found.Detected.End, found.Detected.End.AddMinutes(4), found.End?.Start,
            found.Closed is { } closed ? closed.End.AddMinutes(4) : null),
        reason, "1.0");
}
