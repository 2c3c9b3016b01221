namespace Pharos.Standalone;

/// <summary>The losses of a country, bin by bin: of several at once the largest counts.</summary>
internal sealed class LossByBin
{
    public LossByBin(IReadOnlyList<Loss> losses, Bin first, int length)
    {
        (Routes, RoutesV6, Paths, Users) = (new double[length], new double[length], new double[length], new double[length]);
        foreach (var loss in losses)
        {
            var end = Math.Min(length, Bin.Containing(loss.When.End) - first + 1);
            for (var i = Math.Max(0, Bin.Containing(loss.When.Start) - first); i < end; i++)
            {
                // A table of routes is a snapshot, taken here in the middle of the bin; packets and users are counted over all of it.
                var bin = first + i;
                if ((loss.Planes & (Planes.Routes | Planes.RoutesV6)) != 0 && loss.When.Contains(bin.Start + (Bin.Length / 2)))
                {
                    RoutesV6[i] = Math.Max(RoutesV6[i], loss.Share);
                    if (loss.Planes.HasFlag(Planes.Routes))
                        Routes[i] = Math.Max(Routes[i], loss.Share);
                }
                var share = loss.Share * Overlap(loss.When, bin);
                if (loss.Planes.HasFlag(Planes.Paths))
                    Paths[i] = Math.Max(Paths[i], share);
                if (loss.Planes.HasFlag(Planes.Users))
                    Users[i] = Math.Max(Users[i], share);
            }
        }
    }

    public double[] Routes { get; }

    public double[] RoutesV6 { get; }

    public double[] Paths { get; }

    public double[] Users { get; }

    private static double Overlap(Interval when, Bin bin)
    {
        var start = Math.Max(when.Start.ToUnixTimeSeconds(), bin.Start.ToUnixTimeSeconds());
        var end = Math.Min(when.End.ToUnixTimeSeconds(), bin.End.ToUnixTimeSeconds());
        return Math.Max(0, end - start) / 300.0;
    }
}
