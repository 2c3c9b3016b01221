using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Pharos.Pipeline;

/// <summary>The way to one host: how many go at a time, how far apart, how often again, and when it is closed for a while.</summary>
internal sealed class Lane : IDisposable
{
    private readonly SemaphoreSlim places;
    private readonly TimeSpan spacing;
    private readonly TimeProvider clock;
    private readonly ResiliencePipeline<Answer> pipeline;
    private readonly Lock turn = new();
    private DateTimeOffset next;

    public Lane(HostRule rule, Politeness politeness, TimeProvider clock)
    {
        places = new SemaphoreSlim(rule.Concurrent);
        spacing = rule.Spacing;
        this.clock = clock;
        pipeline = politeness.Waits ? Patient(politeness, clock) : ResiliencePipeline<Answer>.Empty;
    }

    /// <summary>Asks when it is our turn. A closed lane answers at once with <see cref="FailureKind.Paused"/>.</summary>
    public async Task<Answer> Ask(Uri uri, Func<Uri, CancellationToken, Task<Answer>> exchange, CancellationToken cancel)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await InTurn(uri, exchange, token), cancel);
        }
        catch (BrokenCircuitException)
        {
            var failure = new Failure(FailureKind.Paused, $"{uri.Host} failed too often and is left alone for a minute");
            return new Answer(uri, 0, clock.GetUtcNow(), default, failure);
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<Answer> InTurn(Uri uri, Func<Uri, CancellationToken, Task<Answer>> exchange, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        try
        {
            if (spacing > TimeSpan.Zero && Wait() is { Ticks: > 0 } wait)
                await Task.Delay(wait, clock, cancel);
            return await exchange(uri, cancel);
        }
        finally
        {
            places.Release();
        }
    }

    private TimeSpan Wait()
    {
        lock (turn)
        {
            var now = clock.GetUtcNow();
            var slot = next > now ? next : now;
            next = slot + spacing;
            return slot - now;
        }
    }

    private static ResiliencePipeline<Answer> Patient(Politeness politeness, TimeProvider clock) =>
        new ResiliencePipelineBuilder<Answer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Answer>
            {
                MaxRetryAttempts = politeness.Repeats,
                BackoffType = DelayBackoffType.Exponential,
                Delay = politeness.FirstWait,
                MaxDelay = politeness.LongestWait,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result?.Failure is { Passing: true } failure && !(failure.RetryAfter > politeness.LongestWait)),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.Failure?.RetryAfter),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Answer>
            {
                FailureRatio = 0.9,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromMinutes(2),
                BreakDuration = TimeSpan.FromMinutes(1),
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result?.Failure is { Kind: FailureKind.TooSlow } or { Passing: true }),
            })
            .Build();
}
