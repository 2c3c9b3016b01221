using Microsoft.Azure.Functions.Worker;

namespace Pharos.Functions;

/// <summary>The timetable: a function per line of <see cref="Schedule"/>, with its name and its times. Work begins in the queues.</summary>
public sealed class Timers(IJobs jobs, TimeProvider clock)
{
    [Function("collect-ioda")]
    public Task CollectIoda([TimerTrigger("20 */5 * * * *")] TimerInfo timer, CancellationToken stop) => Enqueue("collect-ioda", stop);

    [Function("collect-ripe-atlas")]
    public Task CollectRipeAtlas([TimerTrigger("20 */10 * * * *")] TimerInfo timer, CancellationToken stop) => Enqueue("collect-ripe-atlas", stop);

    [Function("collect-ripestat")]
    public Task CollectRipestat([TimerTrigger("20 5 * * * *")] TimerInfo timer, CancellationToken stop) => Enqueue("collect-ripestat", stop);

    [Function("sweep-outbox")]
    public Task SweepOutbox([TimerTrigger("20 */15 * * * *")] TimerInfo timer, CancellationToken stop) => Enqueue("sweep-outbox", stop);

    // The bin names the moment, so that a timer that goes off twice enqueues one job. From where on to ask stands in the storage.
    private Task Enqueue(string name, CancellationToken stop) =>
        jobs.Enqueue([Schedule.All.Single(entry => entry.Name == name).Job(Bin.Containing(clock.GetUtcNow()).Start)], due: null, stop);
}
