using System.Globalization;
using System.Text.Json.Serialization;

namespace Pharos.Pipeline;

/// <summary>
/// A unit of work that may run twice without harm. The set is closed: each kind has one queue on Azure and one branch in the hosts.
/// Two jobs with one id are the same job; the second is dropped.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Collect), "collect")]
[JsonDerivedType(typeof(Score), "score")]
[JsonDerivedType(typeof(Report), "report")]
[JsonDerivedType(typeof(Deliver), "deliver")]
[JsonDerivedType(typeof(Sweep), "sweep")]
public abstract record Job
{
    private Job()
    {
    }

    /// <summary>Identity of the work, at most 120 characters.</summary>
    [JsonIgnore]
    public abstract string Id { get; }

    /// <summary>Ask a source about everything since its watermark, up to a moment.</summary>
    public sealed record Collect(string Source, DateTimeOffset Until) : Job
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Id => string.Create(CultureInfo.InvariantCulture, $"collect-{Source}-{Until.ToUnixTimeSeconds()}");
    }

    /// <summary>Judge a country again from the first bin whose readings changed through the last one known.</summary>
    /// <param name="Country">Which country, ISO code.</param>
    /// <param name="Since">First bin whose inputs changed.</param>
    /// <param name="Through">Last bin to judge, inclusive.</param>
    /// <param name="Cause">What changed, for example the id of the collection; part of the identity.</param>
    public sealed record Score(string Country, Bin Since, Bin Through, string Cause) : Job
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Id => string.Create(CultureInfo.InvariantCulture, $"score-{Country}-{Through.Number}-{Cause}");
    }

    /// <summary>Write the report of one revision and one letter per matching subscriber.</summary>
    public sealed record Report(string Country, string Event, int Revision) : Job
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Id => string.Create(CultureInfo.InvariantCulture, $"report-{Event}-r{Revision}");
    }

    /// <summary>Send one letter from the outbox.</summary>
    public sealed record Deliver(string Letter) : Job
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Id => $"deliver-{Letter}";
    }

    /// <summary>Look for revisions without a report and for letters that wait without a job, and do what is left to do.</summary>
    public sealed record Sweep(DateTimeOffset At) : Job
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Id => string.Create(CultureInfo.InvariantCulture, $"sweep-{At.ToUnixTimeSeconds()}");
    }
}
