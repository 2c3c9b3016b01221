namespace Pharos.Pipeline;

/// <summary>One line of the timetable.</summary>
/// <param name="Name">Name of the timer, the same in every host.</param>
/// <param name="Cron">When, as six-field NCRONTAB in UTC: second minute hour day month weekday.</param>
/// <param name="Job">The job of a moment on the timetable.</param>
public sealed record ScheduleEntry(string Name, string Cron, Func<DateTimeOffset, Job> Job);

/// <summary>
/// The only timetable. Sources are asked as often as they have news: IODA's routing view every five minutes, RIPE Atlas every ten,
/// RIPEstat, which lags by one to two hours, once an hour. They go off together, so that a country is judged once with all that came.
/// </summary>
public static class Schedule
{
    /// <summary>All timers.</summary>
    public static readonly IReadOnlyList<ScheduleEntry> All =
    [
        Collect("ioda", "20 */5 * * * *"),
        Collect("ripe-atlas", "20 */10 * * * *"),
        Collect("ripestat", "20 5 * * * *"),
        new("sweep-outbox", "20 */15 * * * *", at => new Job.Sweep(at)),
    ];

    /// <summary>A timer that collects from one source.</summary>
    public static ScheduleEntry Collect(string source, string cron) => new($"collect-{source}", cron, at => new Job.Collect(source, at));
}
