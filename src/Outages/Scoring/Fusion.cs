namespace Pharos.Outages;

/// <summary>
/// What the signals say together. A packet needs a route and a path, so the larger loss counts; routes lost that no data-plane sensor
/// confirms count at most half. Healthy signals do not veto a loss elsewhere, missing ones say nothing.
/// </summary>
internal struct Fusion
{
    /// <summary>Weights and losses of the planes, indexed by <see cref="Plane"/>.</summary>
    public double ControlWeight, DataWeight, UsageWeight, ControlLoss, DataLoss, UsageLoss;

    /// <summary>Loss of the data and usage planes together, counted only where they see enough.</summary>
    public double PathLoss;

    /// <summary>Share lost, evidence in nats, share of the country seen, confidence.</summary>
    public double Loss, Evidence, Coverage, Confidence;

    /// <summary>Planes that show a loss with evidence of their own.</summary>
    public int Witnesses;

    /// <summary>Whether a sample of this very bin shows a loss: an old sample that still stands is no second one.</summary>
    public bool Renewed;

    /// <summary>Whether only usage is down while routes and paths, where they are seen, are well: a holiday looks like that.</summary>
    public bool UsageOnly;

    /// <summary>Share of the usual routes that is left, by the freshest routing signal; NaN without one.</summary>
    public double RoutesLeft;

    /// <summary>Whether a data-plane signal is lost with evidence while routes are as usual, or the other way round.</summary>
    public bool Disagree;

    /// <summary>The six numbers that the score is made of.</summary>
    public readonly PlaneNumbers Planes => new(Round(ControlWeight), Round(ControlLoss), Round(DataWeight), Round(DataLoss), Round(UsageWeight), Round(UsageLoss));

    /// <summary>Loss that opens a dip here: more where only usage shows it, less where the data plane sees the country well.</summary>
    public readonly double OpensAt(Method method) =>
        UsageOnly ? method.LossOnUsage : DataWeight >= method.WellSeen ? method.LossOnWellSeen : method.LossOn;

    public static Fusion Of(ReadOnlySpan<SignalState> signals, Method method)
    {
        var fused = default(Fusion);
        double control = 0, data = 0, usage = 0, controlSum = 0, dataSum = 0, usageSum = 0, dataMissing = 1, usageMissing = 1;
        double controlEvidence = 0, controlTrust = 0, dataEvidence = 0, usageEvidence = 0, doubt = 1, freshest = 0;
        var dataLost = false;
        fused.RoutesLeft = double.NaN;
        foreach (var signal in signals)
        {
            if (signal.Weight <= 0)
                continue;
            var recent = signal.Weight * signal.Recency;
            fused.Renewed |= signal.IsNew && signal.Loss >= method.LossOff;
            var evidence = signal.Weight > 0.02 ? signal.Evidence * signal.Fresh : 0;
            var trust = signal.Method.Reliability * Math.Clamp(evidence / signal.Method.Cap, 0, 1);
            switch (signal.Signal.Plane)
            {
                case Plane.Control:
                    // Two routing sources look at the same routers: they are one witness.
                    fused.ControlWeight = Math.Max(fused.ControlWeight, signal.Weight);
                    controlEvidence = Math.Max(controlEvidence, evidence);
                    controlTrust = Math.Max(controlTrust, trust);
                    control += recent;
                    controlSum += recent * signal.Loss;
                    if (recent > freshest && signal.Signal.Kind == SignalKind.Routes)
                        (freshest, fused.RoutesLeft) = (recent, signal.Value / signal.Expected);
                    break;
                case Plane.Data:
                    dataMissing *= 1 - Math.Min(signal.Weight, 0.999);
                    dataEvidence += evidence;
                    doubt *= 1 - trust;
                    data += recent;
                    dataSum += recent * signal.Loss;
                    dataLost |= signal.Loss >= 0.5 && signal.Evidence >= 2 && signal.Fresh > 0;
                    break;
                default:
                    usageMissing *= 1 - Math.Min(signal.Weight, 0.999);
                    usageEvidence += evidence;
                    doubt *= 1 - trust;
                    usage += recent;
                    usageSum += recent * signal.Loss;
                    break;
            }
        }
        fused.DataWeight = 1 - dataMissing;
        fused.UsageWeight = 1 - usageMissing;
        fused.ControlLoss = controlSum / Math.Max(control, 1e-9);
        fused.DataLoss = dataSum / Math.Max(data, 1e-9);
        fused.UsageLoss = usageSum / Math.Max(usage, 1e-9);
        fused.Join(method, controlEvidence, dataEvidence, usageEvidence, doubt * (1 - controlTrust), dataLost);
        return fused;
    }

    private void Join(Method method, double controlEvidence, double dataEvidence, double usageEvidence, double doubt, bool dataLost)
    {
        var paths = DataWeight + UsageWeight;
        PathLoss = paths > (ControlWeight > 0.3 ? 0.2 : 0.05) ? ((DataWeight * DataLoss) + (UsageWeight * UsageLoss)) / paths : 0;
        var routes = ControlWeight > 0.05 ? ControlLoss : 0;
        Loss = Round(Math.Max(PathLoss, (1 - (method.UnconfirmedRoutes * Math.Min(1, paths))) * routes));
        Evidence = Round(controlEvidence + dataEvidence + usageEvidence);
        Coverage = Round(1 - ((1 - (0.6 * Math.Min(1, ControlWeight))) * (1 - (0.6 * DataWeight)) * (1 - (0.5 * UsageWeight))));
        var least = Math.Max(method.LossOn, method.WitnessShare * Math.Max(ControlLoss, Math.Max(DataLoss, UsageLoss)));
        Witnesses = (controlEvidence >= 3 && ControlLoss >= least ? 1 : 0) + (dataEvidence >= 3 && DataLoss >= least ? 1 : 0)
            + (usageEvidence >= 3 && UsageLoss >= least ? 1 : 0);
        UsageOnly = ControlLoss < method.LossOff && DataLoss < method.LossOff;
        var routesFine = ControlWeight > 0.3 && ControlLoss < 0.1;
        var pathsFine = DataWeight > 0.3 && PathLoss < 0.1;
        Disagree = (routesFine && dataLost) || (pathsFine && ControlWeight > 0.3 && ControlLoss >= 0.5);
        // Without a loss, confidence says how well we see; with one, how sure we are that it is real.
        Confidence = Loss < method.LossOff ? Coverage : 1 - doubt;
        if (Disagree)
            Confidence *= method.DisagreementTrust;
        Confidence = Round(Confidence);
    }

    private static double Round(double value) => SignalState.Round(value);
}
