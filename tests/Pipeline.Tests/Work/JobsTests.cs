namespace Pharos.Pipeline.Tests;

public sealed class JobsTests : JobsBench
{
    [Fact]
    public async Task Every_kind_of_job_comes_back_as_it_was_enqueued()
    {
        Job[] all =
        [
            new Job.Collect("ris", Time.GetUtcNow().AddTicks(1)),
            new Job.Score("KP", new Bin(-3), Bin.Parse("2014-12-22T16:15:00Z"), "collect-ris-\"1\""),
            new Job.Report("KP", "KP-20141222-1", 3),
            new Job.Deliver("letter-1-é"),
        ];
        await Jobs.Enqueue(all, null, Cancel);

        Assert.Equal(all, (await Lease(10)).Select(leased => leased.Job));
    }

    [Fact]
    public async Task Jobs_leave_by_due_time_and_then_by_arrival()
    {
        await Jobs.Enqueue([Some("late")], Time.GetUtcNow() + Minute, Cancel);
        await Jobs.Enqueue([Some("b"), Some("a")], null, Cancel);
        await Jobs.Enqueue([Some("early")], Time.GetUtcNow() - Minute, Cancel);
        Time.Advance(Minute);

        Assert.Equal(["early", "b"], Names(await Lease(2)));
        Assert.Equal(["a", "late"], Names(await Lease(10)));
        Assert.Empty(await Lease(10));
    }

    [Fact]
    public async Task A_delayed_job_waits()
    {
        var due = Time.GetUtcNow() + Minute;
        await Jobs.Enqueue([Some("a")], due, Cancel);

        Assert.Empty(await Lease(1));
        Assert.Equal(due, await Jobs.NextDue());
        Assert.Equal(new QueueDepth(0, 1, 0, 0), await Jobs.Depth());
        Time.SetUtcNow(due);
        Assert.Equal(["a"], Names(await Lease(1)));
    }

    [Fact]
    public async Task A_completed_job_is_gone()
    {
        await Jobs.Enqueue([Some("a")], null, Cancel);
        Assert.True(await Jobs.Complete(Assert.Single(await Lease(1))));

        Time.Advance(2 * Minute);
        Assert.Empty(await Lease(1));
        Assert.Null(await Jobs.NextDue());
        Assert.Equal(default, await Jobs.Depth());
    }

    [Fact]
    public async Task A_lease_that_expires_comes_back()
    {
        await Jobs.Enqueue([Some("a")], null, Cancel);
        var first = Assert.Single(await Lease(1));
        Assert.Equal(Time.GetUtcNow() + Minute, first.Until);
        Assert.Equal(first.Until, await Jobs.NextDue());
        Time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Empty(await Lease(1));

        Time.Advance(TimeSpan.FromTicks(1));
        var second = Assert.Single(await Lease(1));
        Assert.Equal((first.Job, 2), (second.Job, second.Delivery));
    }

    [Fact]
    public async Task Who_lost_the_lease_to_another_changes_nothing()
    {
        await Jobs.Enqueue([Some("a")], null, Cancel);
        var first = Assert.Single(await Lease(1));
        Time.Advance(Minute);
        var second = Assert.Single(await Lease(1));

        Assert.False(await Jobs.Complete(first));
        Assert.False(await Jobs.Retry(first, "too late", TimeSpan.Zero));
        Assert.Equal(new QueueDepth(0, 0, 1, 0), await Jobs.Depth());
        Assert.True(await Jobs.Complete(second));
        Assert.False(await Jobs.Complete(second));
    }

    [Fact]
    public async Task Work_finished_late_counts_while_nobody_else_has_begun()
    {
        await Jobs.Enqueue([Some("early")], Time.GetUtcNow() - Minute, Cancel);
        var late = Assert.Single(await Lease(1));
        await Jobs.Enqueue([Some("other")], Time.GetUtcNow() - Minute, Cancel);
        Time.Advance(Minute);
        Assert.Equal(["other"], Names(await Lease(1)));

        Assert.True(await Jobs.Complete(late));
        Assert.Empty(await Lease(1));
    }

    [Fact]
    public async Task A_job_that_is_retried_waits_for_its_delay()
    {
        await Jobs.Enqueue([Some("a")], null, Cancel);
        Assert.True(await Jobs.Retry(Assert.Single(await Lease(1)), "503", 2 * Minute));

        Time.Advance(Minute);
        Assert.Empty(await Lease(1));
        Time.Advance(Minute);
        Assert.Equal(2, Assert.Single(await Lease(1)).Delivery);
    }

    [Fact]
    public async Task A_duplicate_id_is_dropped()
    {
        await Kill("dead");
        await Jobs.Enqueue([Some("leased"), Some("done")], null, Cancel);
        await Jobs.Complete((await Lease(2))[1]);
        await Jobs.Enqueue([Some("waiting"), Some("waiting")], null, Cancel);
        var before = await Jobs.Depth();

        await Jobs.Enqueue([Some("dead"), Some("leased"), Some("done"), Some("waiting")], null, Cancel);
        Assert.Equal(new QueueDepth(1, 0, 1, 1), before);
        Assert.Equal(before, await Jobs.Depth());
    }

    [Fact]
    public async Task What_was_done_a_day_ago_may_be_done_again()
    {
        await Jobs.Enqueue([Some("a")], null, Cancel);
        await Jobs.Complete(Assert.Single(await Lease(1)));

        Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        await Jobs.Enqueue([Some("a")], null, Cancel);
        Assert.Empty(await Lease(1));
        Time.Advance(TimeSpan.FromTicks(1));
        await Jobs.Enqueue([Some("a")], null, Cancel);
        Assert.Equal(["a"], Names(await Lease(1)));
    }

    [Fact]
    public async Task An_id_that_is_too_long_is_refused_and_nothing_is_enqueued()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Jobs.Enqueue([Some("a"), Some(new string('x', 120))], null, Cancel));
        Assert.Equal(default, await Jobs.Depth());
    }

    [Fact]
    public async Task A_queue_opened_again_goes_on()
    {
        await Jobs.Enqueue([Some("a"), Some("b")], null, Cancel);
        var held = Assert.Single(await Lease(1));
        Database.Dispose();

        using var again = SqliteDatabase.Open(Folder);
        var reopened = new SqliteJobs(again, Time);
        Assert.Equal(["b"], Names(await reopened.Lease(10, Minute, Cancel)));
        Assert.True(await reopened.Complete(held));
    }

    [Fact]
    public async Task Many_workers_do_each_job_once()
    {
        const int count = 400;
        var done = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            await Jobs.Enqueue([.. Enumerable.Range(0, count).Where(number => number % 8 == worker || number % 16 == 0).Select(number => Some($"{number}"))], null, Cancel);
            while (await Lease(3) is { Count: > 0 } leased)
            {
                foreach (var job in leased)
                {
                    Assert.True(await Jobs.Complete(job));
                    done.Add(job.Job.Id);
                }
            }
        })));

        Assert.Equal(count, done.Distinct().Count());
        Assert.Equal(count, done.Count);
    }
}
