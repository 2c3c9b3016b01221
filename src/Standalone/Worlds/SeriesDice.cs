namespace Pharos.Standalone;

/// <summary>
/// Draws a country's six series over its curves of loss. Noise levels are those of real series: routes 0.04 %, networks 0.3 to 10 %,
/// traffic 4 %, searches 7 %, telescope 18 %, all but probes with a lag-1 correlation of 0.9 or more.
/// </summary>
internal sealed class SeriesDice(WorldPlan plan, WorldCountry country, LossCurves curves)
{
    private readonly int bins = curves.Bins;

    /// <summary>Draws all six.</summary>
    public void Draw(Series series, int index)
    {
        Routes(series.Of(index, 0), Dice(2));
        if (country.Networks > 0)
            Networks(series.Of(index, 1), Dice(3));
        if (country.Probes > 0)
            Probes(series.Of(index, 2), Dice(4));
        if (country.Addresses > 0)
            Telescope(series.Of(index, 3), Dice(5));
        if (country.HasSearch)
            Search(series.Of(index, 4), Dice(6));
        if (country.HasTraffic)
            Traffic(series.Of(index, 5), Dice(7));

        Dice Dice(int part) => new(plan.Seed, index, part);
    }

    private void Routes(float[] into, Dice dice)
    {
        var level = Steps(dice, .6, () => dice.Pick([.93, .07]) == 0 ? dice.Between(.001, .02) : dice.Between(.03, .08));
        var wiggle = new double[bins];
        for (var left = dice.Poisson(plan.Days / 4.0); left > 0; left--)
        {
            var (at, lasts, depth) = (dice.Whole(0, bins), dice.Whole(1, 6), .004 * dice.Exponential());
            for (var bin = at; bin < Math.Min(bins, at + lasts); bin++)
                wiggle[bin] += depth;
        }
        var noise = new Drift(dice, .97, .0004);
        for (var bin = 0; bin < bins; bin++)
            into[bin] = Count(country.Prefixes * level[bin] * (1 + noise.Next()) * (1 - wiggle[bin]) * (1 - curves.Routes[bin]));
    }

    private void Networks(float[] into, Dice dice)
    {
        var swing = dice.Between(.01, .08);
        var level = Steps(dice, .3, () => dice.Between(.005, .04));
        var noise = new Drift(dice, .9, .003 + (.25 / Math.Sqrt(country.Networks)));
        for (var bin = 0; bin < bins; bin++)
            into[bin] = Count(country.Networks * level[bin] * DayShape(bin, swing) * (1 + noise.Next()) * (1 - curves.Paths[bin]));
    }

    /// <summary>Births and deaths of single probes; a loss cuts them off within two bins, four fifths are back at once.</summary>
    private void Probes(float[] into, Dice dice)
    {
        var current = (int)(country.Probes * .97);
        for (var bin = 0; bin < bins; bin++)
        {
            var able = (int)Math.Round(country.Probes * (1 - (double)curves.Paths[bin]));
            current += (able > current ? dice.Binomial(able - current, .03) : 0) - dice.Binomial(current, .0004);
            if (current > able)
                current = Math.Max(able, current - Math.Max(1, (int)((current - able) * .6)));
            else if (bin > 0 && curves.Paths[bin] == 0 && curves.Paths[bin - 1] > 0)
                current = Math.Max(current, (int)(able * .8));
            into[bin] = current;
        }
    }

    private void Telescope(float[] into, Dice dice)
    {
        var (swing, weekend) = (dice.Between(.3, .6), dice.Between(0, .08));
        var scans = Filled(1);
        for (var left = dice.Poisson(plan.Days / 6.0); left > 0; left--)
        {
            var (at, lasts, height) = (dice.Whole(0, bins), dice.Whole(3, 48), dice.Between(1.3, 3.5));
            for (var bin = at; bin < Math.Min(bins, at + lasts); bin++)
                scans[bin] *= height;
        }
        var noise = new Drift(dice, .995, .18);
        for (var bin = 0; bin < bins; bin++)
        {
            var mean = country.Addresses * DayShape(bin, swing) * Week(bin, weekend) * Math.Exp(noise.Next()) * (1 - curves.Users[bin]) * scans[bin];
            into[bin] = dice.Poisson(Math.Max(0, mean));
        }
    }

    private void Search(float[] into, Dice dice)
    {
        var (swing, weekend) = (dice.Between(.6, .85), dice.Between(0, .08));
        var noise = new Drift(dice, .99, .07);
        for (var bin = 0; bin < bins; bin++)
            into[bin] = Amount(100 * DayShape(bin, swing) * Week(bin, weekend) * Math.Exp(noise.Next()) * (1 - (curves.Users[bin] * .98)) * (1 + (.02 * dice.Normal())));
    }

    private void Traffic(float[] into, Dice dice)
    {
        var (swing, weekend) = (dice.Between(.45, .75), dice.Between(0, .08));
        var holidays = Filled(1);
        for (var left = dice.Poisson(plan.Days / 45.0); left > 0; left--)
        {
            var (day, height) = (dice.Whole(0, plan.Days), dice.Between(.72, .92));
            for (var bin = day * Bin.PerDay; bin < (day + 1) * Bin.PerDay; bin++)
                holidays[bin] *= height;
        }
        var noise = new Drift(dice, .985, country.Size == 0 ? .10 : .04);
        for (var bin = 0; bin < bins; bin++)
            into[bin] = Amount(100 * DayShape(bin, swing) * Week(bin, weekend) * holidays[bin] * Math.Exp(noise.Next()) * (1 - curves.Users[bin]) * (1 + (.02 * dice.Normal())));
    }

    /// <summary>A level with renumberings, so many a month, of a size to be drawn.</summary>
    private double[] Steps(Dice dice, double perMonth, Func<double> size)
    {
        var level = Filled(1);
        for (var left = dice.Poisson(perMonth * plan.Days / 30); left > 0; left--)
        {
            var at = dice.Whole(0, bins);
            var factor = 1 + ((dice.Whole(0, 2) == 0 ? -1 : 1) * size());
            for (var bin = at; bin < bins; bin++)
                level[bin] *= factor;
        }
        return level;
    }

    private double DayShape(int bin, double swing)
    {
        var local = ((bin % Bin.PerDay) / (double)Bin.PerDay) + (country.HoursEast / 24.0);
        return 1 - (swing * (.5 - (.5 * Math.Cos(2 * Math.PI * (local - .85)))));
    }

    private static double Week(int bin, double weekend) => bin / Bin.PerDay % 7 >= 5 ? 1 - weekend : 1;

    private double[] Filled(double value)
    {
        var array = new double[bins];
        Array.Fill(array, value);
        return array;
    }

    private static float Count(double value) => (float)Math.Max(0, Math.Round(value));

    private static float Amount(double value) => (float)Math.Max(0, Math.Round(value, 3));
}

/// <summary>Noise that remembers: a first-order autoregression around 0.</summary>
internal sealed class Drift(Dice dice, double memory, double deviation)
{
    private readonly double step = deviation * Math.Sqrt(1 - (memory * memory));
    private double value;

    /// <summary>The next value.</summary>
    public double Next() => value = (memory * value) + (step * dice.Normal());
}
