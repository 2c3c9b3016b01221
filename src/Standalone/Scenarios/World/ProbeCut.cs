namespace Pharos.Standalone;

/// <summary>One spell in which a probe is not its usual self. Times are unix seconds.</summary>
/// <param name="From">Trouble begins.</param>
/// <param name="To">Trouble is over.</param>
/// <param name="Lost">The controller notices that the session is gone.</param>
/// <param name="Back">The probe has a session again; never before <paramref name="To"/>.</param>
/// <param name="Powered">It goes on measuring; what it measures is delivered once it is back.</param>
/// <param name="Answered">Its pings get answers all the same.</param>
/// <param name="Late">The controller notices only when the probe is back, and then knows neither ASN nor prefix.</param>
internal sealed record ProbeCut(long From, long To, long Lost, long Back, bool Powered, bool Answered, bool Late)
{
    /// <summary>A cut so short that the session outlives it leaves no trace in the connection log.</summary>
    public bool BreaksSession => Lost < To;

    /// <summary>When the end of the session is on record.</summary>
    public long LostKnown => Late ? Back + 1 : Lost + 1;

    /// <summary>What was measured meanwhile is on record from here on.</summary>
    public long Delivered => (BreaksSession ? Back : To) + 40;
}
