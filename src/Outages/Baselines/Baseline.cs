namespace Pharos.Outages;

/// <summary>
/// What a signal normally shows: a ring of hourly medians over 28 days from which outages are kept out (inpainting).
/// In: one value per bin. Out: the expected value of any bin, by interpolation between the centres of hours.
/// </summary>
internal sealed class Baseline
{
    /// <summary>Hours kept, 28 days.</summary>
    public const int Hours = 672;

    /// <summary>Hours of raw medians kept for the acceptance of level shifts.</summary>
    public const int RawHours = 48;

    private const int WeekHours = 168;

    /// <summary>Hourly medians with outages painted over; NaN where nothing is known.</summary>
    public readonly float[] Clean = Filled(Hours);

    /// <summary>Hourly medians as they came; NaN where nothing came.</summary>
    public readonly float[] Raw = Filled(RawHours);

    /// <summary>The values of the current hour; NaN where none came.</summary>
    public readonly float[] Current = Filled(Bin.PerHour);

    /// <summary>Expected value at the centre of the hour before, of this hour and of the next; NaN while unknown.</summary>
    public double Before = double.NaN, Here = double.NaN, After = double.NaN;

    /// <summary>Expected value for a bin of the current hour; NaN while unknown.</summary>
    public double At(int binOfHour)
    {
        var fromCentre = (binOfHour - 5.5) / Bin.PerHour;
        var value = fromCentre < 0 ? (Before * -fromCentre) + (Here * (1 + fromCentre)) : (Here * (1 - fromCentre)) + (After * fromCentre);
        return double.IsNaN(value) ? Here : value;
    }

    /// <summary>Moves to an hour: the expectations around its centre are computed anew.</summary>
    public void Enter(int hour, SignalMethod method)
    {
        Before = Here;
        Here = Expected(hour, method);
        After = method.Seasonal ? Expected(hour + 1, method) : Here;
        if (double.IsNaN(Before))
            Before = method.Seasonal ? Expected(hour - 1, method) : Here;
    }

    /// <summary>Expected value at the centre of an hour not long after the last one stored; NaN while unknown.</summary>
    public double Expected(int hour, SignalMethod method)
    {
        if (!method.Seasonal)
            return Recent(hour, WeekHours, 1);
        Span<float> same = stackalloc float[7];
        var found = 0;
        for (var week = 1; week <= 4; week++)
            found += Take(same, found, hour - (WeekHours * week));
        if (found >= 2)
            return Middle(same[..found]);
        found = 0;
        for (var day = 1; day <= 7; day++)
            found += Take(same, found, hour - (24 * day));
        if (found >= 2)
            return Middle(same[..found]);
        return method.Daily ? double.NaN : Recent(hour, 48, 6);
    }

    /// <summary>Median of the current hour's values; NaN without any.</summary>
    public double HourMedian()
    {
        Span<float> values = stackalloc float[Bin.PerHour];
        var found = 0;
        foreach (var value in Current)
            if (!float.IsNaN(value))
                values[found++] = value;
        return found == 0 ? double.NaN : Middle(values[..found]);
    }

    /// <summary>Stores the hour that ends: the median as it came, and what becomes of it in the baseline.</summary>
    public void Close(int hour, double raw, double clean)
    {
        Raw[Slot(hour, RawHours)] = (float)raw;
        Clean[Slot(hour, Hours)] = (float)clean;
        Array.Fill(Current, float.NaN);
    }

    /// <summary>Median of the raw hours of the last day; NaN without any.</summary>
    public double DayMedian(int hour)
    {
        Span<float> values = stackalloc float[24];
        var found = 0;
        for (var back = 0; back < 24; back++)
        {
            var value = Raw[Slot(hour - back, RawHours)];
            if (!float.IsNaN(value))
                values[found++] = value;
        }
        return found == 0 ? double.NaN : Middle(values[..found]);
    }

    /// <summary>Hours of the last day whose raw median lies within a distance of a value.</summary>
    public int HoursNear(int hour, double value, double distance)
    {
        var near = 0;
        for (var back = 0; back < 24; back++)
            if (Math.Abs(Raw[Slot(hour - back, RawHours)] - value) <= distance)
                near++;
        return near;
    }

    /// <summary>The last day becomes the norm: a level is replaced, a season is scaled by the median ratio.</summary>
    public void Accept(int hour, SignalMethod method)
    {
        if (!method.Seasonal)
        {
            Array.Fill(Clean, (float)DayMedian(hour));
            return;
        }
        Span<float> ratios = stackalloc float[24];
        var found = 0;
        for (var back = 0; back < 24; back++)
        {
            var ratio = Raw[Slot(hour - back, RawHours)] / Clean[Slot(hour - back, Hours)];
            if (float.IsFinite(ratio))
                ratios[found++] = ratio;
        }
        if (found == 0 || Middle(ratios[..found]) is var scale && !(scale > 0))
            return;
        for (var i = 0; i < Hours; i++)
            Clean[i] *= (float)scale;
    }

    private double Recent(int hour, int hours, int least)
    {
        Span<float> values = stackalloc float[WeekHours];
        var found = 0;
        for (var back = 1; back <= hours; back++)
            found += Take(values, found, hour - back);
        return found < least ? double.NaN : Middle(values[..found]);
    }

    private int Take(Span<float> into, int at, int hour)
    {
        var value = Clean[Slot(hour, Hours)];
        if (float.IsNaN(value))
            return 0;
        into[at] = value;
        return 1;
    }

    private static int Slot(int hour, int size) => ((hour % size) + size) % size;

    private static double Middle(Span<float> values)
    {
        values.Sort();
        var half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + (double)values[half]) / 2;
    }

    private static float[] Filled(int count)
    {
        var array = new float[count];
        Array.Fill(array, float.NaN);
        return array;
    }
}
