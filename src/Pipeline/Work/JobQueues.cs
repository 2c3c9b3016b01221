using System.Diagnostics;

namespace Pharos.Pipeline;

/// <summary>Which queue of a message broker carries a job: one queue per kind.</summary>
public static class JobQueues
{
    /// <summary>All queues.</summary>
    public static readonly IReadOnlyList<string> All = ["collect", "score", "report", "deliver", "sweep"];

    /// <summary>The queue of a job; every id begins with its name.</summary>
    public static string Of(Job job) => job switch
    {
        Job.Collect => "collect",
        Job.Score => "score",
        Job.Report => "report",
        Job.Deliver => "deliver",
        Job.Sweep => "sweep",
        _ => throw new UnreachableException($"No queue for {job.GetType().Name}."),
    };

    /// <summary>
    /// What keeps a job in line, null where order does not matter: a source is asked by one worker at a time, and what is told about a country keeps
    /// its order.
    /// </summary>
    public static string? SessionOf(Job job) => job switch
    {
        Job.Collect collect => collect.Source,
        Job.Score score => score.Country,
        Job.Report report => report.Country,
        _ => null,
    };
}
