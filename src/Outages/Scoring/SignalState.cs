namespace Pharos.Outages;

/// <summary>
/// The memory of one signal of one country: baseline, spread, accumulated evidence.
/// In: one reading per bin and the guard's verdict. Out: expected value, loss, evidence, weight.
/// </summary>
internal sealed class SignalState(Signal signal, SignalMethod method)
{
    public readonly Baseline Baseline = new();

    /// <summary>Mean absolute relative deviation in calm times; NaN before the first sample.</summary>
    public double Scale = double.NaN;

    /// <summary>Samples behind the scale.</summary>
    public double Samples;

    /// <summary>Averaged relative drop; NaN before the first sample.</summary>
    public double Averaged = double.NaN;

    /// <summary>Sigma of the averaged drop.</summary>
    public double AveragedSigma = 0.1;

    /// <summary>Accumulated evidence, nats.</summary>
    public double Evidence;

    /// <summary>Loss at the latest sample, 0 to 1.</summary>
    public double Loss;

    /// <summary>Latest value and its bin; <see cref="int.MinValue"/> before the first.</summary>
    public double Value = double.NaN;
    public int Coverage = -1;
    public int LastBin = int.MinValue;

    /// <summary>Hours that went into the baseline unpainted.</summary>
    public double CleanHours;

    /// <summary>Consecutive hours: deviating; deviating while other planes are healthy; deviating with no other data plane; far above.</summary>
    public int DirtyHours, AloneHours, LoneHours, HighHours;

    /// <summary>Whether the current hour has been touched by an outage.</summary>
    public bool HourDirty;

    /// <summary>Whether the latest bin deviates.</summary>
    public bool Dirty;

    // Per bin, recomputed by every fold; not part of the checkpoint.
    public Reading Reading;
    public double Expected, Sigma, Weight, Fresh, Recency;
    public bool IsNew;

    /// <summary>Share of the spread's memory that one sample replaces; 0 before it is first needed.</summary>
    private double forgotten;

    // What a question "why" reads afterwards: drop, noise allowance, log-likelihood ratio, evidence before, loss of this sample alone, factors of the weight.
    public double Drop, Noise, LogRatio, EvidenceBefore, SampleLoss, Support, Quiet, Warm;

    public Signal Signal => signal;

    public SignalMethod Method => method;

    /// <summary>Takes the reading of a bin.</summary>
    public void Take(Bin bin, Reading reading, in GuardVerdict verdict, Method constants)
    {
        var binOfHour = bin.Number - (bin.Hour * Bin.PerHour);
        Expected = Baseline.At(binOfHour);
        (Drop, Noise, LogRatio, SampleLoss, EvidenceBefore) = (double.NaN, double.NaN, double.NaN, double.NaN, Evidence);
        Reading = verdict.Withdrawn && reading.TryValue(out _) ? Reading.Missing(Gap.Withdrawn) : reading;
        var came = Reading.TryValue(out var value);
        if (came)
        {
            Baseline.Current[binOfHour] = (float)value;
            Value = value;
            Coverage = Reading.Coverage ?? -1;
        }
        Sigma = Expected > 0 ? Math.Sqrt(2) * Spread() : double.NaN;
        IsNew = came && Expected > 0;
        if (!IsNew)
            return;
        Judge(1 - (value / Expected / verdict.CommonRatio), constants);
        LastBin = bin.Number;
    }

    /// <summary>Spread with its floor: the kind's own, and the size of the smallest unit that means nothing alone.</summary>
    private double Spread()
    {
        var units = signal.Kind == SignalKind.ProbeSuccess ? Math.Max(Coverage, 1) : Expected;
        var scale = double.IsNaN(Scale) ? 0.1 : Scale;
        return Math.Max(Math.Max(scale, method.Floor), Math.Min(method.Quantum / Math.Max(units, 1e-9), 0.7));
    }

    private void Judge(double drop, Method constants)
    {
        var spread = Sigma / Math.Sqrt(2);
        var noise = Math.Min(constants.NoiseSigmas * Sigma, constants.NoiseMost);
        Loss = Math.Clamp((drop - noise) / (1 - noise), 0, 1);
        (Drop, Noise, SampleLoss) = (drop, noise, Loss);
        Average(drop, constants);

        var calm = method.Counted ? Expected * Poisson(Math.Round(Expected * (1 - drop)), Expected) : Math.Exp(-Math.Abs(drop) / spread) / (2 * spread);
        var lost = drop is > 0 and <= 1 ? 1.0 : 0.0;
        var ratio = Math.Log((((1 - method.Unseen) * lost) + (method.Unseen * calm)) / (((1 - method.Garbage) * calm) + method.Garbage));
        LogRatio = ratio;
        Evidence = Round(Math.Clamp(Evidence + (method.Tempo * ratio), 0, method.Cap));
        Loss = Round(Loss);

        // Only calm samples teach the spread; bursts upwards teach less than drops.
        if (Evidence >= 2 || drop <= -1 || Dirty)
            return;
        Samples++;
        if (forgotten == 0)
            forgotten = 1 - Math.Pow(2, -signal.Period / (constants.SpreadHalfLifeHours * Bin.PerHour));
        var memory = Math.Max(forgotten, 1 / (Samples + 10));
        var scale = double.IsNaN(Scale) ? constants.SpreadAtStart : Scale;
        var distance = drop > 0 ? Math.Min(drop, 4 * scale) : Math.Min(-drop, 1.5 * scale);
        Scale = double.IsNaN(Scale) ? constants.SpreadAtStart : Round(((1 - memory) * Scale) + (memory * distance));
    }

    /// <summary>Probability of a count where so many are expected.</summary>
    private static double Poisson(double count, double expected)
    {
        var logarithm = -expected;
        for (var i = 1; i <= count; i++)
            logarithm += Math.Log(expected / i);
        return Math.Exp(logarithm);
    }

    /// <summary>Small lasting losses of large counts: an exponential mean whose noise is known.</summary>
    private void Average(double drop, Method constants)
    {
        var share = 1.0;
        if (method.Averaged && (method.Counted || Expected >= 20))
        {
            var target = constants.AveragedNoise / Math.Max(3 * Sigma, 1e-9);
            share = Math.Clamp(target * target, 1 / 12.0, 1);
        }
        var bounded = Math.Clamp(drop, -0.5, 1);
        Averaged = Round(double.IsNaN(Averaged) ? bounded : Averaged + (share * (bounded - Averaged)));
        AveragedSigma = Sigma * Math.Sqrt(share / (2 - share));
        var noise = Math.Min(constants.NoiseSigmas * AveragedSigma, constants.NoiseMost);
        if (drop >= 0.5 * Averaged)
            Loss = Math.Max(Loss, Math.Clamp((Averaged - noise) / (1 - noise), 0, 1));
    }

    /// <summary>Weight in the plane at a bin: support, noise, warm-up and freshness.</summary>
    public void Weigh(Bin bin, Method constants)
    {
        Weight = Fresh = Recency = Support = Quiet = Warm = 0;
        if (LastBin == int.MinValue || !(Expected > 0))
            return;
        var age = bin.Number - LastBin - signal.Period;
        Fresh = Math.Clamp(1 - ((age - (1.5 * signal.Period)) / ((4.5 * signal.Period) + 3)), 0, 1);
        var older = bin.Number - LastBin - 1;
        Recency = older <= 0 ? 1 : Math.Pow(2, -older / constants.RecencyHalfLifeBins);
        var units = signal.Kind is SignalKind.Probes or SignalKind.ProbeSuccess && Coverage >= 0 ? Coverage : Expected;
        var support = method.HalfSupport > 0 ? units / (units + method.HalfSupport) : 1;
        var relative = AveragedSigma / constants.NoiseHalf;
        var warm = Math.Clamp((CleanHours - method.WarmFrom) / (method.WarmFull - method.WarmFrom), 0, 1);
        Weight = method.Weight * Fresh * support * warm / (1 + (relative * relative));
        (Support, Warm, Quiet) = (support, warm, 1 / (1 + (relative * relative)));
    }

    /// <summary>Nine decimals: the last bits of Exp and Log differ between platforms, what is kept must not.</summary>
    internal static double Round(double value) => Math.Round(value, 9);
}
