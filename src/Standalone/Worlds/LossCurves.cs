namespace Pharos.Standalone;

/// <summary>Share lost of a country in each bin, as routes, paths and users feel it.</summary>
public sealed class LossCurves(int bins)
{
    /// <summary>Loss that the routing table shows.</summary>
    public float[] Routes { get; } = new float[bins];

    /// <summary>Loss that pings and probes show.</summary>
    public float[] Paths { get; } = new float[bins];

    /// <summary>Loss that users' traffic shows.</summary>
    public float[] Users { get; } = new float[bins];

    /// <summary>Bins in all.</summary>
    public int Bins => bins;

    /// <summary>Lays a stretch of loss over the curves; the deeper of two wins. Returns what was laid, null when it lies after the end.</summary>
    public TruthDip? Lay(Stretch stretch)
    {
        var from = (int)stretch.From;
        if (from >= bins - 1)
            return null;
        var until = Math.Max((int)Math.Min(stretch.Until, bins - 1), from + 1);
        var (rise, fall) = (Math.Min(stretch.RampIn, until - from), Math.Min(stretch.RampOut, until - from));
        for (var at = from; at < until; at++)
        {
            var depth = stretch.Depth;
            if (at - from < rise)
                depth *= rise == 1 ? 1 : Between(1.0 / rise, 1, (at - from) / (rise - 1.0));
            if (until - at <= fall)
                depth *= fall == 1 ? 1 : Between(1, 1.0 / fall, (fall - (until - at)) / (fall - 1.0));
            Routes[at] = Math.Max(Routes[at], (float)(depth * stretch.OfRoutes));
            Paths[at] = Math.Max(Paths[at], (float)(depth * stretch.OfPaths));
            Users[at] = Math.Max(Users[at], (float)(depth * stretch.OfUsers));
        }
        return new TruthDip(WorldPlan.Start + from, WorldPlan.Start + until, stretch.Depth);
    }

    private static double Between(double from, double to, double share) => from + ((to - from) * share);
}

/// <summary>One stretch of loss.</summary>
/// <param name="From">First bin of the world, rounded down.</param>
/// <param name="Until">First bin after it, rounded down.</param>
/// <param name="Depth">Largest share lost, 0 to 1.</param>
/// <param name="OfRoutes">Share of the depth that routes show.</param>
/// <param name="OfPaths">Share of the depth that pings and probes show.</param>
/// <param name="OfUsers">Share of the depth that users' traffic shows.</param>
/// <param name="RampIn">Bins of a linear fall.</param>
/// <param name="RampOut">Bins of a linear return.</param>
public sealed record Stretch(
    double From, double Until, double Depth, double OfRoutes = 1, double OfPaths = 1, double OfUsers = 1, int RampIn = 0, int RampOut = 0);
