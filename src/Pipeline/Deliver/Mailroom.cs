namespace Pharos.Pipeline;

/// <summary>
/// Takes letters from the outbox to the mail server: queued → leased → sent or failed. Each step is a write that only one worker wins, so two workers
/// send a letter once; a crash between sending and marking repeats it once, under the same Message-ID. Nothing is lost.
/// </summary>
public sealed class Mailroom(ITables tables, IMail mail, IJobs jobs, Sender sender, TimeProvider clock)
{
    /// <summary>How long a worker has a letter: twice the longest wait for a mail server and more, 5 minutes.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Age at which a letter that was never taken is given up, 72 hours.</summary>
    public static readonly TimeSpan OldestLetter = TimeSpan.FromHours(72);

    private readonly Outbox outbox = new(tables);

    /// <summary>The letters about an event, sent or on their way, to whomever.</summary>
    public Task<IReadOnlyList<OutboxRow>> Told(string @event, CancellationToken cancel) => outbox.Of(@event, cancel);

    /// <summary>A letter with its content, for whoever looks into the outbox; null when there is none.</summary>
    public async Task<Letter?> Find(string letter, CancellationToken cancel) =>
        await outbox.Find(letter, cancel) is { } found ? await outbox.Read(letter, cancel) with { Row = found.Letter } : null;

    /// <summary>Puts letters into the outbox; those that are there already stay as they are.</summary>
    public async Task Queue(IReadOnlyCollection<Letter> letters, CancellationToken cancel)
    {
        foreach (var letter in letters)
            await outbox.Add(letter, cancel);
    }

    /// <summary>Enqueues the delivery of every letter about a revision that still waits, those of an earlier run included.</summary>
    public async Task Enqueue(string @event, int revision, CancellationToken cancel)
    {
        var waiting = (await outbox.Of(@event, cancel)).Where(letter => letter.Revision == revision && letter.State == OutboxState.Queued);
        await jobs.Enqueue([.. waiting.Select(letter => new Job.Deliver(letter.Id))], due: null, cancel);
    }

    /// <summary>
    /// Sends one letter. 1. Lease it. 2. Hand it over. 3. Mark it sent, with the receipt. Does nothing when it is sent or given up.
    /// </summary>
    /// <exception cref="MailException">The mail server has temporary trouble, or another worker has the letter: run the job again later.</exception>
    public async Task Run(Job.Deliver job, CancellationToken cancel)
    {
        if (await outbox.Find(job.Letter, cancel) is not var (row, version))
            return;
        if (row.State is OutboxState.Sent or OutboxState.Failed)
        {
            await outbox.Forget(row.Id, cancel);
            return;
        }
        var now = clock.GetUtcNow();
        if (row is { State: OutboxState.Leased, LeasedUntil: { } until } && until > now)
            throw new MailException(MailTrouble.Temporary, $"Another worker has the letter {row.Id} until {until:u}.");

        row = row with { State = OutboxState.Leased, LeasedUntil = now + Lease, Tries = row.Tries + 1 };
        if (await outbox.Move(row, version, cancel) is not { } leased)
            return; // Another worker was faster, and sends it.
        await Send(row, leased, cancel);
    }

    /// <summary>Takes back every lease. For the start of a process that owns the outbox alone: whoever held them is dead.</summary>
    public async Task Recover(CancellationToken cancel)
    {
        await foreach (var letter in outbox.Open(cancel))
            if (letter.State == OutboxState.Leased && await outbox.Find(letter.Id, cancel) is var (row, version) && row.State == OutboxState.Leased)
                await outbox.Move(row with { State = OutboxState.Queued, LeasedUntil = null }, version, cancel);
    }

    /// <summary>The deliveries that are due: letters that wait, and letters whose worker did not come back.</summary>
    public async Task<IReadOnlyList<Job>> Sweep(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        List<Job> due = [];
        await foreach (var letter in outbox.Open(cancel))
        {
            if (letter.State == OutboxState.Queued || letter.LeasedUntil <= now)
                due.Add(new Job.Deliver(letter.Id));
        }
        return due;
    }

    private async Task Send(OutboxRow row, string version, CancellationToken cancel)
    {
        string receipt;
        try
        {
            using var message = Mime.Of(await outbox.Read(row.Id, cancel), sender);
            receipt = await mail.Send(row.Id, message, cancel);
        }
        catch (MailException trouble)
        {
            var hopeless = trouble.Trouble == MailTrouble.Permanent || clock.GetUtcNow() - row.QueuedAt > OldestLetter;
            var next = row with { State = hopeless ? OutboxState.Failed : OutboxState.Queued, LeasedUntil = null, Note = trouble.Message };
            await outbox.Move(next, version, CancellationToken.None);
            if (hopeless)
                return;
            throw;
        }
        // The letter is out: whatever is cancelled now, this must be written down.
        await outbox.Move(row with { State = OutboxState.Sent, LeasedUntil = null, Note = receipt }, version, CancellationToken.None);
    }
}
