namespace Pharos.Pipeline.Tests;

public sealed class DeadJobsTests : JobsBench
{
    [Fact]
    public async Task A_job_is_dead_after_five_deliveries_with_its_reason()
    {
        await Jobs.Enqueue([Some("a"), Some("b")], null, Cancel);
        for (var delivery = 1; delivery <= 5; delivery++)
        {
            foreach (var leased in await Lease(2))
                Assert.True(await Jobs.Retry(leased, $"reason {delivery} of {Names([leased])[0]}", TimeSpan.Zero));
        }

        Assert.Empty(await Lease(2));
        Assert.Equal(
            [new DeadJob("deliver-a", Some("a"), 5, "reason 5 of a"), new DeadJob("deliver-b", Some("b"), 5, "reason 5 of b")],
            await Jobs.DeadLetters(10, Cancel));
        Assert.Single(await Jobs.DeadLetters(1, Cancel));
        Assert.Equal(new QueueDepth(0, 0, 0, 2), await Jobs.Depth());
        Assert.Null(await Jobs.NextDue());
    }

    [Fact]
    public async Task A_job_whose_lease_expires_five_times_is_dead_too()
    {
        await Jobs.Enqueue([Some("a")], null, Cancel);
        for (var delivery = 1; delivery <= 5; delivery++)
        {
            Assert.Equal(delivery, Assert.Single(await Lease(1)).Delivery);
            Time.Advance(Minute);
        }

        Assert.Empty(await Lease(1));
        var dead = Assert.Single(await Jobs.DeadLetters(10, Cancel));
        Assert.Equal(5, dead.Deliveries);
        Assert.Contains("lease ran out", dead.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_job_that_is_redriven_starts_anew_at_the_end()
    {
        await Kill("a");
        await Jobs.Enqueue([Some("b")], null, Cancel);
        await Jobs.Redrive("deliver-a", Cancel);
        await Jobs.Redrive("no such job", Cancel);

        Assert.Empty(await Jobs.DeadLetters(10, Cancel));
        var leased = await Lease(10);
        Assert.Equal(["b", "a"], Names(leased));
        Assert.Equal(1, leased[1].Delivery);
    }

    [Fact]
    public async Task A_job_that_this_build_cannot_read_stops_no_other()
    {
        await Jobs.Enqueue([Some("strange"), Some("a")], null, Cancel);
        Database.Prepare("UPDATE jobs SET body = '{\"kind\":\"dance\"}' WHERE id = 'deliver-strange'").Execute();

        Assert.Equal(["a"], Names(await Lease(10)));
        Assert.Equal(new QueueDepth(0, 0, 1, 1), await Jobs.Depth());
        Assert.Empty(await Jobs.DeadLetters(10, Cancel));
    }
}
