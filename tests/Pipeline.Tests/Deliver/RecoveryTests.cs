using Pharos.Outages.Tests;

namespace Pharos.Pipeline.Tests;

public class RecoveryTests
{
    [Fact]
    public async Task A_letter_that_a_dead_worker_held_goes_out_at_the_next_start()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("a"), default);
        await post.Events.Append([Sample.Unstable], default);
        await post.Publish(1);
        post.Mail.BeforeTaking = _ => throw new InvalidOperationException("The worker died.");
        await Assert.ThrowsAsync<InvalidOperationException>(post.Deliver);
        post.Mail.BeforeTaking = _ => { };
        Assert.Empty(await post.Mailroom.Sweep(default)); // Its lease lasts.

        await post.Mailroom.Recover(default);
        await post.Deliver();
        Assert.Single(post.Mail.Taken);
        await post.Mailroom.Recover(default);
        Assert.Empty(await post.Mailroom.Sweep(default));
    }

    [Fact]
    public async Task A_sweep_sends_the_letters_whose_jobs_came_to_nothing_and_one_failing_letter_stops_no_other()
    {
        using var post = new PostOffice();
        foreach (var reader in (string[])["a", "b", "c"])
            await post.Subscribers.Write(PostOffice.Reader(reader), default);
        await post.Events.Append([Sample.Unstable], default);
        await post.Publish(1);
        foreach (var leased in await post.Jobs.Lease(10, TimeSpan.FromMinutes(1), default))
            await post.Jobs.Complete(leased); // Remembered as done for a day: the same ids would be dropped.

        var refused = (await post.Mailroom.Told(Sample.Event, default))[0].Id;
        post.Mail.BeforeTaking = letter =>
        {
            if (letter == refused)
                throw new MailException(MailTrouble.Temporary, "busy");
        };
        await Sweep(post);
        Assert.Equal(2, post.Mail.Taken.Count);
        Assert.Equal("busy", (await post.Mailroom.Find(refused, default))!.Row.Note);

        post.Mail.BeforeTaking = _ => { };
        await Sweep(post);
        await Sweep(post);
        Assert.Equal(3, post.Mail.Taken.Select(taken => taken.Letter).Distinct().Count());
        Assert.Equal(3, post.Mail.Taken.Count);
    }

    [Fact]
    public async Task A_sweep_publishes_the_revision_whose_job_was_given_up()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("a"), default);
        await post.Events.Append([Sample.Unstable with { Told = post.Clock.GetUtcNow() }], default);
        await post.Jobs.Enqueue([new Job.Report("KP", Sample.Event, 1)], due: null, default);
        for (var delivery = 1; delivery <= SqliteJobs.MostDeliveries; delivery++)
            await post.Jobs.Retry(Assert.Single(await post.Jobs.Lease(1, TimeSpan.FromMinutes(1), default)), "no luck", TimeSpan.Zero);
        Assert.Single(await post.Jobs.DeadLetters(10, default));

        await Sweep(post);
        Assert.True(await post.Reports.IsPublished(Sample.Event, 1, default));
        Assert.Single(post.Mail.Taken);
    }

    // Neither collects nor scores.
    private static Task Sweep(PostOffice post) => new JobRunner(null!, null!, post.Publisher, post.Mailroom).Run(new Job.Sweep(post.Clock.GetUtcNow()), default);
}
