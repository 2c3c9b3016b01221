namespace Pharos.Pipeline;

/// <summary>A job that was given up after five tries, with the last reason.</summary>
public sealed record DeadJob(string Id, Job Job, int Deliveries, string Reason);

/// <summary>
/// Where work waits. Adapters: SQLite (with leases, for the standalone host) and Service Bus (where the Functions host leases).
/// </summary>
public interface IJobs
{
    /// <summary>Adds jobs, due at once or later. A job whose id is already waiting, leased or was enqueued within the last day is dropped.</summary>
    Task Enqueue(IReadOnlyCollection<Job> jobs, DateTimeOffset? due, CancellationToken cancel);

    /// <summary>Jobs given up, oldest first.</summary>
    Task<IReadOnlyList<DeadJob>> DeadLetters(int most, CancellationToken cancel);

    /// <summary>Puts a dead job back at the end of the queue with its count at zero.</summary>
    Task Redrive(string id, CancellationToken cancel);
}
