namespace Pharos.Outages;

/// <summary>
/// What becomes of an hour in the baseline. An outage is kept out of its own baseline, for as long as it lasts; a deviation becomes the
/// new normal only where every other plane stayed healthy all the while, or after so long that it must be.
/// </summary>
internal static class LevelShift
{
    /// <summary>Hours alone, hours with no other data plane, hours alone without a steady level, hours at any rate, hours far above (level, season).</summary>
    private const int Alone = 24, Lone = 168, AloneUnsteady = 672, AnyRate = 1440, HighLevel = 24, HighSeason = 72;

    public static void CloseHour(SignalState signal, int hour, in Fusion fused)
    {
        var baseline = signal.Baseline;
        var raw = baseline.HourMedian();
        var expected = baseline.Here;
        var known = expected > 0;
        var came = !double.IsNaN(raw);
        var dirty = signal.HourDirty;
        var high = known && raw / expected > 2;
        // Before a baseline exists an hour of a shaken country is left unknown rather than learned.
        var clean = dirty || high ? (known ? expected : double.NaN) : came ? raw : known ? expected : double.NaN;
        baseline.Close(hour, raw, clean);
        if (came && !dirty && !high)
            signal.CleanHours++;
        Count(signal, came, dirty, known ? raw / expected : double.NaN, fused);
        signal.HourDirty = false;
        if (known && IsNewNormal(signal, hour, raw, expected))
        {
            baseline.Accept(hour, signal.Method);
            signal.DirtyHours = signal.AloneHours = signal.LoneHours = signal.HighHours = 0;
            signal.Evidence = signal.Loss = 0;
            signal.Averaged = double.NaN;
        }
    }

    private static void Count(SignalState signal, bool came, bool dirty, double ratio, in Fusion fused)
    {
        var plane = signal.Signal.Plane;
        var otherLoss = Math.Max(
            plane != Plane.Control && fused.ControlWeight > 0.2 ? fused.ControlLoss : 0,
            Math.Max(plane != Plane.Data && fused.DataWeight > 0.2 ? fused.DataLoss : 0, plane != Plane.Usage && fused.UsageWeight > 0.2 ? fused.UsageLoss : 0));
        var otherPaths = Math.Max(plane != Plane.Data ? fused.DataWeight : 0, plane != Plane.Usage ? fused.UsageWeight : 0);
        if (dirty)
            signal.DirtyHours++;
        else if (came)
            signal.DirtyHours = 0;
        if (dirty && otherPaths >= 0.4 && otherLoss <= 0.03)
            signal.AloneHours++;
        else if (came)
            signal.AloneHours = 0;
        if (dirty && otherPaths < 0.2)
            signal.LoneHours++;
        else if (came && !dirty)
            signal.LoneHours = 0;
        if (came)
            signal.HighHours = ratio > 1.5 ? signal.HighHours + 1 : 0;
    }

    private static bool IsNewNormal(SignalState signal, int hour, double raw, double expected)
    {
        if (signal.AloneHours >= AloneUnsteady || signal.DirtyHours >= AnyRate || signal.HighHours >= (signal.Method.Seasonal ? HighSeason : HighLevel))
            return true;
        if (signal.AloneHours < Alone && signal.LoneHours < Lone)
            return false;
        var day = signal.Baseline.DayMedian(hour);
        var steady = signal.Baseline.HoursNear(hour, day, 0.1 * expected) >= 18 && Math.Abs(raw - day) <= 0.1 * expected;
        return steady && ((signal.AloneHours >= Alone && day / expected > 0.5) || (signal.LoneHours >= Lone && day / expected > 0.4));
    }
}
