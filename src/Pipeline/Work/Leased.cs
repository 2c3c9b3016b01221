namespace Pharos.Pipeline;

/// <summary>A job on loan to one worker, who completes or retries it before the lease ends.</summary>
/// <param name="Job">What to do.</param>
/// <param name="Delivery">How often the job has been handed out, this time included; 1 at first.</param>
/// <param name="Until">When the lease ends and the job goes to another worker.</param>
/// <param name="Token">Names this lease; never given twice.</param>
public sealed record Leased(Job Job, int Delivery, DateTimeOffset Until, long Token);

/// <summary>How much is in a queue.</summary>
/// <param name="Waiting">Due now and in nobody's hands.</param>
/// <param name="Delayed">Due later.</param>
/// <param name="OnLoan">Leased, or leased and run out without anybody having asked since.</param>
/// <param name="Dead">Given up.</param>
public readonly record struct QueueDepth(int Waiting, int Delayed, int OnLoan, int Dead);
