namespace Pharos.Pipeline;

/// <summary>
/// The queue of the standalone host, in the embedded database. A job leaves in the order of its due time, then of its arrival. A worker leases it,
/// then completes or retries it; a lease that runs out brings it back. After five deliveries it is dead and waits to be looked at.
/// Completed ids are remembered for a day, so that the same work enqueued again is dropped.
/// </summary>
public sealed class SqliteJobs : IJobs
{
    /// <summary>How often a job is handed out before it is given up.</summary>
    public const int MostDeliveries = Tries.Most;

    private const int MostIdLength = 120;
    private const int Waiting = JobStatements.Waiting, OnLoan = JobStatements.OnLoan, Dead = JobStatements.Dead;
    private const string RunOut = "The lease ran out: the worker stopped, hung or was too slow.";

    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;
    private readonly JobStatements sql;

    /// <summary>A queue in a database that its opener disposes.</summary>
    public SqliteJobs(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        sql = new JobStatements(database);
    }

    /// <inheritdoc/>
    public Task Enqueue(IReadOnlyCollection<Job> jobs, DateTimeOffset? due, CancellationToken cancel)
    {
        if (jobs.FirstOrDefault(job => job.Id.Length > MostIdLength) is { } odd)
            throw new ArgumentException($"The id '{odd.Id}' is longer than {MostIdLength} characters.", nameof(jobs));
        cancel.ThrowIfCancellationRequested();
        if (jobs.Count == 0)
            return Task.CompletedTask;

        var now = time.GetUtcNow();
        var bodies = jobs.Select(job => (job.Id, Body: JobJson.Write(job))).ToArray();
        lock (database.Gate)
        {
            using var step = database.Begin();
            using (var run = sql.Forget.Run())
            {
                run.Bind(1, (now - Memory).UtcTicks);
                run.Step();
            }

            foreach (var (id, body) in bodies)
            {
                using var run = sql.Add.Run();
                run.Bind(1, id);
                run.Bind(2, (due ?? now).UtcTicks);
                run.BindUtf8(3, body);
                run.Step();
            }

            step.Commit();
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Takes the jobs that are due, at most so many, until <paramref name="visibility"/> has passed. Empty when nothing is due.
    /// A job that this build cannot read is dead at once and stops no other.
    /// </summary>
    public Task<IReadOnlyList<Leased>> Lease(int most, TimeSpan visibility, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibility, TimeSpan.Zero);
        cancel.ThrowIfCancellationRequested();

        var now = time.GetUtcNow();
        lock (database.Gate)
        {
            using var step = database.Begin();
            if (sql.IsAnyLate(now))
            {
                JobStatements.End(sql.Bury, now, RunOut);
                JobStatements.End(sql.FallBack, now, RunOut);
            }

            var found = Due(now, most);
            IReadOnlyList<Leased> leased = found.Count == 0 ? [] : Lend(found, now, now + visibility);
            step.Commit();
            return Task.FromResult(leased);
        }
    }

    /// <summary>
    /// Takes back every lease. For the start of a process that owns the database alone: whoever held them is dead.
    /// A job whose worker died five times is given up.
    /// </summary>
    public Task Recover(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            using var run = sql.RunOut.Run();
            run.Bind(1, time.GetUtcNow().UtcTicks);
            run.Step();
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends a job well. False, and nothing happens, when the lease ran out and another worker has the job.</summary>
    public Task<bool> Complete(Leased leased)
    {
        lock (database.Gate)
        {
            using var run = sql.Complete.Run();
            run.Bind(1, leased.Job.Id);
            run.Bind(2, leased.Token);
            run.Bind(3, time.GetUtcNow().UtcTicks);
            return Task.FromResult(run.Step() && !run.Step());
        }
    }

    /// <summary>
    /// Puts a job back for later with the reason, or gives it up when this was its fifth delivery.
    /// False, and nothing happens, when the lease ran out and another worker has the job.
    /// </summary>
    public Task<bool> Retry(Leased leased, string reason, TimeSpan delay)
    {
        var now = time.GetUtcNow();
        var last = leased.Delivery >= MostDeliveries;
        lock (database.Gate)
        {
            using var run = sql.Retry.Run();
            run.Bind(1, leased.Job.Id);
            run.Bind(2, leased.Token);
            run.Bind(3, last ? Dead : Waiting);
            run.Bind(4, (last ? now : now + delay).UtcTicks);
            run.Bind(5, reason);
            return Task.FromResult(run.Step() && !run.Step());
        }
    }

    /// <inheritdoc/>
    /// <remarks>Leaves out what this build cannot read; <see cref="Depth"/> counts it.</remarks>
    public Task<IReadOnlyList<DeadJob>> DeadLetters(int most, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            var found = new List<DeadJob>();
            using var run = sql.ListDead.Run();
            while (found.Count < most && run.Step())
            {
                if (JobJson.TryRead(run.Bytes(3), out var job) is null)
                    found.Add(new DeadJob(run.Text(0), job!, (int)run.Long(1), run.Text(2)));
            }

            return Task.FromResult<IReadOnlyList<DeadJob>>(found);
        }
    }

    /// <inheritdoc/>
    public Task Redrive(string id, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            using var run = sql.Redrive.Run();
            run.Bind(1, id);
            run.Bind(2, time.GetUtcNow().UtcTicks);
            run.Step();
        }

        return Task.CompletedTask;
    }

    /// <summary>When the next job is due or the next lease runs out, perhaps in the past; null when the queue is empty. For a virtual clock.</summary>
    public Task<DateTimeOffset?> NextDue()
    {
        lock (database.Gate)
        {
            using var run = sql.NextDue.Run();
            run.Step();
            return Task.FromResult<DateTimeOffset?>(run.IsNull(0) ? null : new DateTimeOffset(run.Long(0), TimeSpan.Zero));
        }
    }

    /// <summary>How much waits, is on loan and is dead.</summary>
    public Task<QueueDepth> Depth()
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (database.Gate)
            return Task.FromResult(new QueueDepth(
                Count(Waiting, -1, now), Count(Waiting, now, long.MaxValue), Count(OnLoan, -1, long.MaxValue), Count(Dead, -1, long.MaxValue)));
    }

    private List<(long Row, int Deliveries, Job? Job, string? Trouble)> Due(DateTimeOffset now, int most)
    {
        var found = new List<(long, int, Job?, string?)>();
        using var run = sql.Due.Run();
        run.Bind(1, now.UtcTicks);
        run.Bind(2, most);
        while (run.Step())
        {
            var trouble = JobJson.TryRead(run.Bytes(2), out var job);
            found.Add((run.Long(0), (int)run.Long(1), job, trouble));
        }

        return found;
    }

    private List<Leased> Lend(List<(long Row, int Deliveries, Job? Job, string? Trouble)> found, DateTimeOffset now, DateTimeOffset until)
    {
        var token = sql.DrawToken();
        var leased = new List<Leased>(found.Count);
        foreach (var (row, deliveries, job, trouble) in found)
        {
            using var run = sql.Lend.Run();
            run.Bind(1, row);
            run.Bind(2, job is null ? Dead : OnLoan);
            run.Bind(3, (job is null ? now : until).UtcTicks);
            run.Bind(4, token);
            run.Bind(5, trouble ?? "");
            run.Step();
            if (job is not null)
                leased.Add(new Leased(job, deliveries + 1, until, token));
        }

        return leased;
    }

    private int Count(int state, long after, long upTo)
    {
        using var run = sql.Count.Run();
        run.Bind(1, state);
        run.Bind(2, after);
        run.Bind(3, upTo);
        run.Step();
        return (int)run.Long(0);
    }
}
