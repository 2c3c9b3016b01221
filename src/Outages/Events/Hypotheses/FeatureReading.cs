namespace Pharos.Outages;

/// <summary>Reads the features of an event from what was found, from the assessments around it and from the country's earlier events.</summary>
public static class FeatureReading
{
    /// <summary>Loss of a plane from which it counts as hit, and weight from which it sees the country.</summary>
    private const double Hit = 0.3, Sees = 0.2;

    /// <summary>Time after the onset in which planes are compared, bins (6 h); slow sources need some.</summary>
    private const int Compared = 72;

    /// <summary>Bins before the start of the main loss, and after it, that are looked at.</summary>
    public const int Before = 6, After = 84;

    /// <summary>Reads the features.</summary>
    /// <param name="found">The event.</param>
    /// <param name="around">Assessments from about its onset to now, in order; gaps make features unknown.</param>
    /// <param name="earlier">The country's other events before it.</param>
    /// <param name="timeZone">IANA id of the country's time zone.</param>
    /// <param name="now">The last judged bin.</param>
    /// <param name="outside">What is known from elsewhere; null = nothing.</param>
    public static EventFeatures Of(FoundEvent found, IReadOnlyList<Assessment> around, IReadOnlyList<FoundEvent> earlier, string timeZone, Bin now, OutsideKnowledge? outside = null)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(around);
        var main = MainLoss(found, now);
        var before = found.Dips.Count(dip => dip.Start < main.Start);
        var end = main.End ?? now + 1;
        var within = around.Where(one => one.Bin >= main.Start - Before && one.Bin < end + Compared).ToList();
        var atOnset = within.Count > 0 && within[0].Bin <= main.Start;
        var seen = new EventFeatures
        {
            LocalStart = TimeZoneInfo.ConvertTime(main.Start.Start, TimeZoneInfo.FindSystemTimeZoneById(timeZone)),
            Lasted = (end - main.Start) * Bin.Length,
            IsOver = main.End is not null,
            Depth = found.Depth,
            DipsBefore = before,
            GrewBefore = before >= 3 && ((found.WorseningSince is { } since && since <= main.Start + 24) || found.Class == EventClass.Worsening),
            Recurred = Recurs(main, now, earlier.SelectMany(other => other.Dips).Concat(found.Dips)),
            Fall = atOnset ? FallOf(within, main) : null,
            Return = main.End is { } back ? ReturnOf(within, main, back) : null,
            Outside = outside ?? OutsideKnowledge.None,
        };
        if (atOnset)
            seen = WithPlanes(seen, [.. within.Where(one => one.Bin <= main.Start + Compared && one.Bin < end)]);
        return seen.AllRoutesGone is false || seen.DarkWithRoutesUp is false ? Later(seen, within, end) : seen;
    }

    /// <summary>The dip of an event with the largest loss × length.</summary>
    public static Dip MainLoss(FoundEvent found, Bin now)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found.Dips.MaxBy(dip => dip.Peak * ((dip.End ?? now + 1) - dip.Start))!;
    }

    /// <summary>A loss of half the depth at least and longer than a blip, on another day of the last seven, within a quarter of an hour of the same clock time.</summary>
    private static bool Recurs(Dip main, Bin now, IEnumerable<Dip> others) => others.Any(other =>
    {
        var ago = main.Start - other.Start;
        var away = Math.Abs(other.Start.OfDay - main.Start.OfDay);
        return ago is >= Bin.PerDay - 3 and <= (7 * Bin.PerDay) + 3 && Math.Min(away, Bin.PerDay - away) <= 3
            && (other.End ?? now + 1) - other.Start > 8 && other.Peak >= 0.5 * main.Peak;
    });

    private static double Loss(Assessment one) => 1 - (one.Score / 100);

    private static TimeSpan? FallOf(List<Assessment> within, Dip main)
    {
        var first = within.Find(one => Loss(one) >= 0.2 * main.Peak);
        var last = within.Find(one => Loss(one) >= 0.8 * main.Peak);
        return first is null || last is null ? null : (last.Bin - first.Bin) * Bin.Length;
    }

    private static ReturnShape? ReturnOf(List<Assessment> within, Dip main, Bin back)
    {
        var low = within.FindLastIndex(one => one.Bin < back && Loss(one) >= 0.8 * main.Peak);
        var up = low < 0 ? -1 : within.FindIndex(low, one => Loss(one) < 0.2 * main.Peak);
        if (up < 0)
            return null;
        if (within[up].Bin - within[low].Bin <= 6)
            return ReturnShape.Step;
        // A halt: half an hour in which the loss hardly moves, on the way up.
        for (var i = low + 1; i + 6 < up; i++)
            if (Math.Abs(Loss(within[i]) - Loss(within[i + 6])) <= 0.02 && Loss(within[i]) < 0.75 * main.Peak)
                return ReturnShape.Staged;
        return ReturnShape.Linear;
    }

    /// <summary>What was not so in the first hours may be so later.</summary>
    private static EventFeatures Later(EventFeatures seen, List<Assessment> within, Bin end) => seen with
    {
        AllRoutesGone = seen.AllRoutesGone is false ? within.Exists(one => one.Bin < end && PlanesOf(one) is { RoutesWeight: >= Sees, RoutesLoss: >= 0.9 }) : seen.AllRoutesGone,
        DarkWithRoutesUp = seen.DarkWithRoutesUp is false ? within.Exists(one => one.Bin < end && one.Flags.HasFlag(Flags.DarkWithRoutesUp)) : seen.DarkWithRoutesUp,
    };

    private static EventFeatures WithPlanes(EventFeatures seen, List<Assessment> within)
    {
        if (within.Count == 0)
            return seen;
        var planes = within.Select(PlanesOf).ToList();
        var (routes, paths, users) = (planes.Max(one => one.RoutesWeight) >= Sees, planes.Max(one => one.PathsWeight) >= Sees, planes.Max(one => one.UsersWeight) >= Sees);
        var (routesHit, pathsHit, usersHit) = (routes && planes.Max(one => one.RoutesLoss) >= Hit, paths && planes.Max(one => one.PathsLoss) >= Hit, users && planes.Max(one => one.UsersLoss) >= Hit);
        var count = (routes ? 1 : 0) + (paths ? 1 : 0) + (users ? 1 : 0);
        var routesAt = planes.FindIndex(one => one.RoutesLoss >= Hit);
        var pathsAt = planes.FindIndex(one => (paths && one.PathsLoss >= Hit) || (users && one.UsersLoss >= Hit));
        var asns = within.Select(one => one.Signals.FirstOrDefault(signal => signal.Signal.Kind == SignalKind.Asns)).Where(one => one is { Expected: >= 5 })
            .Select(one => one!.Reading.TryValue(out var value) ? value / one.Expected!.Value : double.NaN).Where(share => !double.IsNaN(share)).ToList();
        return seen with
        {
            AllPlanesHit = count < 2 ? null : routes == routesHit && paths == pathsHit && users == usersHit,
            RoutesStayed = routes && (paths || users) && (pathsHit || usersHit) ? !routesHit : null,
            RoutesFirst = routes && (paths || users) ? routesHit && (pathsAt < 0 || pathsAt - routesAt > 2) : null,
            AllRoutesGone = routes ? planes.Max(one => one.RoutesLoss) >= 0.9 : null,
            DarkWithRoutesUp = routes && (paths || users) ? within.Exists(one => one.Flags.HasFlag(Flags.DarkWithRoutesUp)) : null,
            NetworksStaggered = asns.Count < 3 ? null : Steps(asns) is >= 2 and <= 6 && asns.Min() < 0.8,
            WholeNetworks = asns.Count < 3 ? null : Steps(asns) == 1 && asns.Min() is > 0.05 and < 0.9,
        };
    }

    /// <summary>Steps in which the share of ASNs falls by 3 % at least, before it is at its lowest.</summary>
    private static int Steps(List<double> shares)
    {
        var steps = 0;
        var lowest = shares.IndexOf(shares.Min());
        for (var i = 1; i <= lowest; i++)
            if (shares[i] <= shares[i - 1] - 0.03)
                steps++;
        return steps;
    }

    /// <summary>The planes as fused; where that was not kept, the weightiest signal of each.</summary>
    private static PlaneNumbers PlanesOf(Assessment one)
    {
        if (one.Planes != default)
            return one.Planes;
        var (routes, paths, users) = (Leading(Plane.Control), Leading(Plane.Data), Leading(Plane.Usage));
        return new PlaneNumbers(routes.Weight, routes.Loss, paths.Weight, paths.Loss, users.Weight, users.Loss);

        (double Weight, double Loss) Leading(Plane plane) =>
            one.Signals.Where(signal => signal.Signal.Plane == plane).MaxBy(signal => signal.Weight) is { } most ? (most.Weight, most.Loss) : (0, 0);
    }
}
