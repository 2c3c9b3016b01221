namespace Pharos.Outages;

/// <summary>The judged state of a country in a bin.</summary>
public enum State
{
    /// <summary>Too little evidence to say: never shown as stable.</summary>
    Unknown,

    /// <summary>As expected.</summary>
    Stable,

    /// <summary>One short excursion, just now or just over.</summary>
    Blip,

    /// <summary>Continuous short problems, three or more in a day.</summary>
    Unstable,

    /// <summary>Problems that come faster, last longer or reach deeper.</summary>
    Worsening,

    /// <summary>Gone, or a large part gone for longer than a blip.</summary>
    Outage,

    /// <summary>Coming back after an outage.</summary>
    Recovering,
}

/// <summary>What is true of the country in this very bin, whatever the trend.</summary>
public enum Now
{
    /// <summary>Too little evidence to say.</summary>
    Unknown,

    /// <summary>No significant loss.</summary>
    Up,

    /// <summary>A significant part is lost.</summary>
    Impaired,

    /// <summary>Nine tenths or more are lost.</summary>
    Down,
}

/// <summary>Facts that stand beside the state.</summary>
[Flags]
public enum Flags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>At most 5 % of the usual routes are visible for two bins, with peers present.</summary>
    LeftGlobalInternet = 1,

    /// <summary>Packets and users are gone while routes are present.</summary>
    DarkWithRoutesUp = 2,

    /// <summary>Routes and the data plane tell different stories; confidence is lowered.</summary>
    PlanesDisagree = 4,
}

/// <summary>What one signal contributed to one assessment: enough to recompute the loss by hand.</summary>
/// <param name="Signal">Which signal.</param>
/// <param name="Reading">Its latest reading at the bin; a gap tells why there is none.</param>
/// <param name="Expected">Baseline for the bin in the signal's unit; null while warming up.</param>
/// <param name="Spread">Sigma of the relative deviation in calm times, 0 or more; 1 = 100 %.</param>
/// <param name="Loss">Share lost beyond the noise, 0 to 1.</param>
/// <param name="Evidence">Accumulated log-likelihood ratio, 0 to the signal's cap, in nats.</param>
/// <param name="Weight">Weight in its plane, 0 to 1.</param>
public sealed record SignalAssessment(Signal Signal, Reading Reading, double? Expected, double Spread, double Loss, double Evidence, double Weight);

/// <summary>Weight and loss of each plane, 0 to 1: the six numbers that the score is made of.</summary>
/// <param name="RoutesWeight">How well routes are seen.</param>
/// <param name="RoutesLoss">Share of the routes lost.</param>
/// <param name="PathsWeight">How well pings and probes see the country.</param>
/// <param name="PathsLoss">Share of the paths lost.</param>
/// <param name="UsersWeight">How well searches and traffic show its users.</param>
/// <param name="UsersLoss">Share of the users' traffic lost.</param>
public readonly record struct PlaneNumbers(double RoutesWeight, double RoutesLoss, double PathsWeight, double PathsLoss, double UsersWeight, double UsersLoss);

/// <summary>The worsening test of an episode (METHOD.md, "Worsening").</summary>
/// <param name="Flagged">It is getting worse.</param>
/// <param name="AreaZ">z of the centre of the time lost; with fewer than five dips Mann-Kendall z of the loss profile.</param>
/// <param name="FrequencyZ">Laplace z of the dips' onsets; null with fewer than five dips.</param>
/// <param name="DurationZ">z of the trend of the logarithms of the dips' lengths; null with fewer than five dips.</param>
/// <param name="PointsPerHour">Speed of the fall of the score, points per hour.</param>
public sealed record Worsening(bool Flagged, double AreaZ, double? FrequencyZ, double? DurationZ, double PointsPerHour)
{
    /// <summary>No episode, no trend.</summary>
    public static readonly Worsening None = new(false, 0, null, null, 0);
}

/// <summary>State, score, confidence and trend of one country in one bin, with what each signal said.</summary>
/// <param name="Country">Which country.</param>
/// <param name="Bin">Which bin.</param>
/// <param name="State">The judged state.</param>
/// <param name="Now">The bin by itself.</param>
/// <param name="Score">100 × (1 − loss), 0 to 100.</param>
/// <param name="Confidence">How sure that the loss is real, 0 to 1; without a loss, how well we see.</param>
/// <param name="Coverage">How much of the country we can see, 0 to 1.</param>
/// <param name="Evidence">Sum of the planes' evidence, nats.</param>
/// <param name="Worsening">The trend test.</param>
/// <param name="Flags">Facts beside the state.</param>
/// <param name="Signals">One entry per signal known for the country, in the order of judgement.</param>
public sealed record Assessment(
    Country Country, Bin Bin, State State, Now Now, double Score, double Confidence, double Coverage, double Evidence,
    Worsening Worsening, Flags Flags, IReadOnlyList<SignalAssessment> Signals)
{
    /// <summary>Weights and losses of the planes, from which the score follows; <c>default</c> where it was not kept.</summary>
    public PlaneNumbers Planes { get; init; }
}
