using System.Globalization;
using System.Text;

namespace Pharos.Outages;

/// <summary>How signals of one kind are judged. Sources of the figures: METHOD.md, "Signals".</summary>
/// <param name="Seasonal">Whether the baseline follows the hour of the week; else it is a level.</param>
/// <param name="Daily">Whether the day's swing is large, so that nothing is expected before two days are known.</param>
/// <param name="Weight">Weight in its plane with unlimited vantage points and no noise, 0 to 1.</param>
/// <param name="HalfSupport">Vantage points at which the weight is halved; 0 = the count does not matter.</param>
/// <param name="Garbage">Probability that a sample is garbage: bounds what one sample can claim.</param>
/// <param name="Unseen">Probability that a real outage leaves no trace here: bounds what a healthy sample can refute.</param>
/// <param name="Tempo">Share of each sample's evidence that counts, 0 to 1; below 1 where samples are autocorrelated.</param>
/// <param name="Cap">Most evidence the signal may ever claim, nats.</param>
/// <param name="Reliability">Weight of its evidence in the confidence, 0 to 1.</param>
/// <param name="Floor">Smallest mean absolute relative deviation believed.</param>
/// <param name="Quantum">Units whose loss alone is never significant, in units of the value.</param>
/// <param name="Averaged">Whether small lasting losses are found by averaging samples; wrong where noise is autocorrelated.</param>
/// <param name="Counted">Whether calm samples scatter as Poisson counts around what is expected; else as Laplace's law says.</param>
/// <param name="WarmFrom">Clean hours before which the weight is 0.</param>
/// <param name="WarmFull">Clean hours after which the weight is full.</param>
public sealed record SignalMethod(
    bool Seasonal, bool Daily, double Weight, double HalfSupport, double Garbage, double Unseen, double Tempo, double Cap,
    double Reliability, double Floor, double Quantum, bool Averaged, bool Counted, int WarmFrom, int WarmFull);

/// <summary>
/// Every constant of the method with its unit. A version is a hash of them all, so that two results with one version were judged alike.
/// </summary>
public sealed record Method
{
    /// <summary>The method as published in METHOD.md.</summary>
    public static readonly Method Standard = new();

    // Guard, METHOD.md "Guard".

    /// <summary>Fewest countries with a sample for a verdict on the source.</summary>
    public int GuardCountries { get; init; } = 20;

    /// <summary>Median ratio to the baseline below which the source is ill.</summary>
    public double GuardMedian { get; init; } = 0.6;

    /// <summary>Largest median ratio that is divided out as common to all countries.</summary>
    public double GuardMedianMost { get; init; } = 1.5;

    /// <summary>Distance of the median ratio from 1 that is left alone, so that small common movements change nothing.</summary>
    public double GuardDeadband { get; init; } = 0.02;

    /// <summary>Relative drop that counts as a drop in the guard.</summary>
    public double GuardDrop { get; init; } = 0.3;

    /// <summary>Relative drop that counts however noisy the signal is.</summary>
    public double GuardDropMost { get; init; } = 0.9;

    /// <summary>Share of countries that drop in one bin from which the source is suspected.</summary>
    public double GuardShare { get; init; } = 0.04;

    /// <summary>Fewest countries that drop in one bin for a suspicion.</summary>
    public int GuardFewest { get; init; } = 5;

    /// <summary>Share of the dropping countries that another source must confirm to lift the suspicion.</summary>
    public double GuardConfirmed { get; init; } = 0.3;

    /// <summary>Loss in another source's signal that confirms.</summary>
    public double GuardConfirmingLoss { get; init; } = 0.2;

    /// <summary>Bins for which a suspected signal stays withdrawn after the bin of the suspicion.</summary>
    public int GuardHold { get; init; } = 3;

    // Evidence and loss, METHOD.md "Loss and evidence".

    /// <summary>Sigmas of noise removed from a drop before it counts as loss.</summary>
    public double NoiseSigmas { get; init; } = 3.0;

    /// <summary>Largest noise allowance, share.</summary>
    public double NoiseMost { get; init; } = 0.75;

    /// <summary>Noise that the averaged loss aims at, share.</summary>
    public double AveragedNoise { get; init; } = 0.15;

    /// <summary>Half-life of the spread's memory, hours.</summary>
    public double SpreadHalfLifeHours { get; init; } = 48;

    /// <summary>Spread (mean absolute relative deviation) assumed before any is known.</summary>
    public double SpreadAtStart { get; init; } = 0.1;

    /// <summary>Noise at which a signal's weight is halved, share.</summary>
    public double NoiseHalf { get; init; } = 0.15;

    /// <summary>Age at which a sample counts half against newer ones in its plane, bins.</summary>
    public double RecencyHalfLifeBins { get; init; } = 2;

    // Fusion, METHOD.md "Planes and fusion".

    /// <summary>Weight that control-plane loss loses when the whole data plane sees nothing.</summary>
    public double UnconfirmedRoutes { get; init; } = 0.5;

    /// <summary>Coverage below which nothing is known.</summary>
    public double CoverageLeast { get; init; } = 0.25;

    /// <summary>Bins of too little coverage after which the state is unknown.</summary>
    public int UnknownBins { get; init; } = 3;

    /// <summary>Coverage from which a total loss is an outage at once.</summary>
    public double CoverageSure { get; init; } = 0.75;

    /// <summary>Share of the confidence that is left while routes and paths disagree: of events found so nearly all are real.</summary>
    public double DisagreementTrust { get; init; } = 0.95;

    /// <summary>Share of the largest plane's loss that another plane must show to be a witness of it.</summary>
    public double WitnessShare { get; init; } = 0.25;

    // Dips and events, METHOD.md "Dips and events".

    /// <summary>Evidence that opens a dip, nats: about one false alarm in e^10 independent samples.</summary>
    public double EvidenceToOpen { get; init; } = 10;

    /// <summary>Loss that opens a dip.</summary>
    public double LossOn { get; init; } = 0.10;

    /// <summary>Weight of the data plane from which a country is well seen: many vantage points, little noise.</summary>
    public double WellSeen { get; init; } = 0.8;

    /// <summary>Loss that opens a dip in a country that is well seen.</summary>
    public double LossOnWellSeen { get; init; } = 0.07;

    /// <summary>Loss that opens a dip where only usage shows it: holidays take up to a quarter of the traffic.</summary>
    public double LossOnUsage { get; init; } = 0.25;

    /// <summary>Loss below which a dip is over.</summary>
    public double LossOff { get; init; } = 0.05;

    /// <summary>Loss that is total.</summary>
    public double LossTotal { get; init; } = 0.9;

    /// <summary>Bins above the threshold, each with a new lost sample, that open a dip, and below it that close one.</summary>
    public int BinsToTurn { get; init; } = 2;

    /// <summary>Longest back-dating of an onset, bins (3 h).</summary>
    public int OnsetMost { get; init; } = 36;

    /// <summary>Longest blip, bins (30 min).</summary>
    public int BlipBins { get; init; } = 6;

    /// <summary>Tolerance on the length of a blip when an event is classed, bins (10 min).</summary>
    public int BlipTolerance { get; init; } = 2;

    /// <summary>Shortest calm that closes an event, bins (2 h).</summary>
    public int CalmLeast { get; init; } = 24;

    /// <summary>Longest calm that closes an event, bins (24 h).</summary>
    public int CalmMost { get; init; } = 288;

    /// <summary>Time after the last dip within which a new one joins the event, bins (12 h).</summary>
    public int ReopenWithin { get; init; } = 144;

    /// <summary>Time that a country is recovering after an outage, bins (2 h).</summary>
    public int RecoveringBins { get; init; } = 24;

    /// <summary>Short dips in 24 hours from which a country is unstable.</summary>
    public int UnstableDips { get; init; } = 3;

    // Worsening, METHOD.md "Worsening".

    /// <summary>Growth of the dips from which it is getting worse: 4 % of generated steady instabilities ever reach it.</summary>
    public double Growth { get; init; } = 3.3;

    /// <summary>Growth of the dips below which it is no longer getting worse.</summary>
    public double GrowthStays { get; init; } = 2;

    /// <summary>One-sided 1 % point: trend of the loss profile.</summary>
    public double AreaZ { get; init; } = 2.33;

    // Kinds, METHOD.md "Signals".

    /// <summary>The table of kinds, indexed by <see cref="SignalKind"/>.</summary>
    public IReadOnlyList<SignalMethod> Kinds { get; init; } =
    [
        // Routes, Asns, Ping, Probes, ProbeSuccess, Telescope, Search, Traffic, Answers
        new(false, false, 1.0, 0, .002, .30, 1.00, 12, .9, .0005, 0.1, true, false, 6, 24),
        new(false, false, 0.5, 0, .005, .30, 1.00, 12, .9, .0005, 0.1, true, false, 6, 24),
        new(true, false, 1.0, 10, .005, .10, 1.00, 12, .9, .0030, 0.7, true, false, 6, 24),
        new(false, false, 0.6, 5, .020, .30, 0.50, 6, .7, .0100, 0.7, true, false, 6, 24),
        new(false, false, 0.5, 5, .020, .30, 0.50, 6, .6, .0100, 0.7, true, false, 6, 24),
        new(true, true, 0.4, 20, .030, .50, 0.25, 4, .5, .0500, 0.7, false, false, 24, 336),
        new(true, true, 0.7, 0, .020, .30, 1.00, 5, .6, .0300, 0.0, false, false, 24, 336),
        new(true, true, 0.9, 0, .020, .30, 0.70, 6, .7, .0300, 0.0, false, false, 24, 336),
        new(false, false, 1.0, 1, .005, .02, 1.00, 12, .8, .0030, 0.7, true, true, 6, 24),
    ];

    /// <summary>How a signal is judged.</summary>
    public SignalMethod Of(Signal signal) => Kinds[(int)signal.Kind];

    /// <summary>Name and hash of the constants, for example <c>1-5f3a9c01</c>.</summary>
    public string Version => version ??= Hash();

    private string? version;

    private string Hash()
    {
        var text = new StringBuilder();
        foreach (var property in typeof(Method).GetProperties().Where(p => p.Name is not nameof(Version) and not nameof(Kinds)).OrderBy(p => p.Name, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{property.Name}={property.GetValue(this)};");
        text.AppendJoin(';', Kinds);
        return "1-" + Convert.ToHexStringLower(Fnv(text.ToString()));
    }

    private static byte[] Fnv(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ letter) * 16777619u;
        return [(byte)(hash >> 24), (byte)(hash >> 16), (byte)(hash >> 8), (byte)hash];
    }
}
