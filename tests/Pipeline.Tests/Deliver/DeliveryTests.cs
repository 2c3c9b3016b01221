using CsCheck;
using Pharos.Outages.Tests;

namespace Pharos.Pipeline.Tests;

public class DeliveryTests
{
    [Fact]
    public async Task S24_publishing_and_delivering_twice_tells_each_subscriber_once()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("a"), default);
        await post.Subscribers.Write(PostOffice.Reader("b", "IR"), default);
        await post.Events.Append(PostOffice.Revisions, default);
        for (var run = 0; run < 2; run++)
        {
            for (var revision = 1; revision <= 4; revision++)
            {
                await post.Publish(revision);
                await post.Deliver();
            }
        }
        Assert.Equal([1, 2, 3, 4], (await post.Mailroom.Told(Sample.Event, default)).Select(letter => letter.Revision));
        Assert.Equal(4, post.Mail.Taken.Count);
        Assert.All(post.Mail.Taken, taken => Assert.Equal("a@example.org", taken.To));
        Assert.All(await post.Mailroom.Told(Sample.Event, default), letter => Assert.Equal((OutboxState.Sent, "250 taken"), (letter.State, letter.Note)));
    }

    [Fact]
    public async Task S24_a_job_that_overtakes_another_misses_nobody()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("a"), default);
        await post.Events.Append(PostOffice.Revisions, default);
        await post.Publish(4);
        await post.Publish(1);
        Assert.Equal([LetterReason.FirstNews, LetterReason.Worsened, LetterReason.Worsened, LetterReason.Ended], (await post.Mailroom.Told(Sample.Event, default)).Select(letter => letter.Reason));
    }

    [Fact]
    public async Task R4_workers_side_by_side_send_each_letter_once()
    {
        using var post = new PostOffice();
        for (var index = 0; index < 10; index++)
            await post.Subscribers.Write(PostOffice.Reader($"reader-{index}"), default);
        await post.Events.Append(PostOffice.Revisions, default);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => post.Publish(3))));
        var jobs = await post.Mailroom.Sweep(default);
        Assert.Equal(30, jobs.Count);
        await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(_ => jobs).Select(job => Task.Run(async () =>
        {
            try
            {
                await post.Mailroom.Run((Job.Deliver)job, default);
            }
            catch (MailException trouble) when (trouble.Trouble == MailTrouble.Temporary)
            {
                // Another worker has it.
            }
        })));
        Assert.Equal(30, post.Mail.Taken.Count);
        Assert.Equal(30, post.Mail.Taken.Select(taken => taken.MessageId).Distinct().Count());
        Assert.Empty(await post.Mailroom.Sweep(default));
    }

    [Fact]
    public async Task S24_a_crash_between_sending_and_marking_repeats_the_same_message_id_only()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("a"), default);
        await post.Events.Append([Sample.Unstable], default);
        await post.Publish(1);
        post.Mail.AfterTaking = _ => throw new InvalidOperationException("The worker died.");
        await Assert.ThrowsAsync<InvalidOperationException>(post.Deliver);
        post.Mail.AfterTaking = _ => { };

        Assert.Empty(await post.Mailroom.Sweep(default));
        post.Clock.Advance(Mailroom.Lease);
        await post.Deliver();
        Assert.Equal(2, post.Mail.Taken.Count);
        Assert.Single(post.Mail.Taken.Distinct());
        Assert.Empty(await post.Mailroom.Sweep(default));
    }

    [Fact]
    public async Task Temporary_trouble_keeps_the_letter_and_permanent_trouble_gives_it_up_with_the_reason()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("a"), default);
        await post.Events.Append([Sample.Unstable], default);
        await post.Publish(1);
        post.Mail.BeforeTaking = _ => throw new MailException(MailTrouble.Temporary, "busy");
        await Assert.ThrowsAsync<MailException>(post.Deliver);
        Assert.Equal((OutboxState.Queued, "busy", 1), Only(await post.Mailroom.Told(Sample.Event, default)));

        post.Mail.BeforeTaking = _ => throw new MailException(MailTrouble.Permanent, "no such reader");
        await post.Deliver();
        Assert.Equal((OutboxState.Failed, "no such reader", 2), Only(await post.Mailroom.Told(Sample.Event, default)));
        Assert.Empty(await post.Mailroom.Sweep(default));
        Assert.Empty(post.Mail.Taken);
    }

    [Fact]
    public async Task A_letter_that_nobody_takes_for_three_days_is_given_up()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("a"), default);
        await post.Events.Append([Sample.Unstable], default);
        await post.Publish(1);
        post.Clock.Advance(TimeSpan.FromHours(73));
        post.Mail.BeforeTaking = _ => throw new MailException(MailTrouble.Temporary, "busy");
        await post.Deliver();
        Assert.Equal(OutboxState.Failed, Only(await post.Mailroom.Told(Sample.Event, default)).State);
    }

    [Fact]
    public async Task F16_why_no_letter_is_on_record()
    {
        using var post = new PostOffice();
        await post.Subscribers.Write(PostOffice.Reader("b", "IR"), default);
        await post.Events.Append([Sample.Unstable], default);
        await post.Publish(1);
        Assert.Equal(
            $$"""[{"subscriber":"{{LetterId.Hash("b")}}","letter":false,"reason":"other_country"}]""",
            System.Text.Encoding.UTF8.GetString((await post.Reports.Decisions(Sample.Event, 1, default))!));
    }

    [Fact]
    public async Task A_published_report_is_read_back_in_each_form_and_stays()
    {
        using var post = new PostOffice();
        await post.Events.Append(PostOffice.Revisions, default);
        await post.Publish(3);
        foreach (var form in (string[])["html", "txt", "json"])
            Assert.NotEmpty((await post.Reports.Read(Sample.Event, 3, form, default))!);
        var large = new RenderedReport(string.Concat(Enumerable.Range(0, 30_000).Select(number => $"{number},")), "t", [1]);
        await post.Reports.Write("other", 1, large, default);
        await post.Reports.Write("other", 1, large with { Text = "later" }, default);
        Assert.Equal(large.Html, System.Text.Encoding.UTF8.GetString((await post.Reports.Read("other", 1, "html", default))!));
        Assert.Equal("t"u8.ToArray(), await post.Reports.Read("other", 1, "txt", default));
    }

    /// <summary>Jobs come in any order, twice, and workers die before or after any write or hand-over: at the end the same letters are out as on a calm day.</summary>
    [Fact]
    public void S24_whatever_the_order_and_the_crashes_nobody_is_told_twice_or_missed()
    {
        string[] calm = [.. Run([1, 2, 3, 4], []).Select(taken => taken.MessageId).Order()];
        Assert.Equal(7, calm.Length);
        Gen.Select(Gen.Int[1, 4].Array[0, 4], Gen.Int[0, 150].Array[0, 12]).Sample(
            (order, crashes) =>
            {
                var taken = Run([.. order, 1, 2, 3, 4], [.. crashes]);
                Assert.Equal(calm, taken.Select(letter => letter.MessageId).Distinct().Order());
                Assert.True(taken.Count <= calm.Length + crashes.Distinct().Count(), "More repetitions than crashes.");
            },
            iter: 10, threads: 1);
    }

    private static IReadOnlyList<(string Letter, string MessageId, string To)> Run(int[] order, HashSet<int> crashes)
    {
        var (step, armed) = (0, false);
        using var post = new PostOffice(Step);
        post.Subscribers.Write(PostOffice.Reader("a"), default).GetAwaiter().GetResult();
        post.Subscribers.Write(PostOffice.Reader("b", "IR"), default).GetAwaiter().GetResult();
        post.Subscribers.Write(new Subscription("c", "c@example.org", null, [], 0, .95, "UTC"), default).GetAwaiter().GetResult();
        post.Events.Append(PostOffice.Revisions, default).GetAwaiter().GetResult();
        post.Mail.AfterTaking = _ => Step();
        post.Mail.BeforeTaking = _ => Step();
        armed = true;
        foreach (var revision in order)
        {
            Retry(() => post.Publish(revision));
            Retry(post.Deliver);
        }
        return [.. post.Mail.Taken];

        void Step()
        {
            if (armed && crashes.Contains(step++))
                throw new InvalidOperationException("The worker died.");
        }

        void Retry(Func<Task> work)
        {
            for (var tries = 0; tries < 50; tries++)
            {
                try
                {
                    work().GetAwaiter().GetResult();
                    return;
                }
                catch (InvalidOperationException)
                {
                    post.Clock.Advance(Mailroom.Lease);
                }
            }
        }
    }

    private static (OutboxState State, string? Note, int Tries) Only(IReadOnlyList<OutboxRow> rows)
    {
        var row = Assert.Single(rows);
        return (row.State, row.Note, row.Tries);
    }
}
