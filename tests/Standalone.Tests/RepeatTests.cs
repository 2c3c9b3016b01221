using Microsoft.Data.Sqlite;

namespace Pharos.Standalone.Tests;

public class RepeatTests
{
    [Fact]
    public async Task Delivering_every_job_two_to_five_times_in_any_order_changes_nothing_and_mails_nobody_twice()
    {
        using var world = new SmallWorld();
        var once = await Run(world, "once", chance: null);
        Assert.NotEmpty(once.Letters);
        Assert.Contains(once.Rows.Keys, row => row.StartsWith("events|", StringComparison.Ordinal));
        Assert.All(once.Rows.Keys.Where(row => row.StartsWith("outbox|waiting", StringComparison.Ordinal)), Assert.Null);

        for (var seed = 1; seed <= 3; seed++)
        {
            var often = await Run(world, $"often-{seed}", new Random(seed));
            Assert.Equal(once.Rows.Keys, often.Rows.Keys);
            Assert.All(once.Rows, row => Assert.True(row.Value.AsSpan().SequenceEqual(often.Rows[row.Key]), $"Seed {seed}: {row.Key} differs."));
            Assert.Equal(once.Letters, often.Letters);
        }
    }

    /// <summary>Replays the world by hand; every row of the tables and every hand-over of a letter.</summary>
    private static async Task<(SortedDictionary<string, byte[]> Rows, IReadOnlyList<string> Letters)> Run(SmallWorld world, string name, Random? chance)
    {
        var (past, folder, mail) = (world.Past, world.Folder(name), new CountedMail());
        var clock = new VirtualClock(past.LiveFrom);
        var settings = new InstallationSettings
        {
            Folder = folder, Countries = past.Countries, Start = (_, _) => past.Period.Start, KeepRaw = false, Dataset = past.Dataset, Mail = mail,
        };
        using (var installation = new Installation(settings, clock))
        {
            foreach (var reader in SmallWorld.Readers)
                await installation.Subscribers.Write(reader, default);
            var rounds = new Rounds(installation, past.Timetable);
            var done = new List<Job>();
            for (var now = past.LiveFrom; now < past.Period.End;)
            {
                var next = rounds.Next(now);
                clock.MoveTo(next);
                await rounds.Enqueue(now, next, default);
                while (await installation.Jobs.Lease(64, TimeSpan.FromMinutes(10), default) is { Count: > 0 } leased)
                    using (installation.Database.Batch())
                        await Deliver(installation, leased, done, chance);
                now = next;
            }
        }
        return (Dump(folder), [.. mail.Taken.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Collections and sweeps in order; the others shuffled and repeated, and now and then one of long ago.</summary>
    private static async Task Deliver(Installation installation, IReadOnlyList<Leased> leased, List<Job> done, Random? chance)
    {
        foreach (var group in leased.GroupBy(each => each.Job.GetType()))
        {
            var jobs = group.Select(each => each.Job).ToList();
            if (chance is not null && jobs[0] is Job.Score or Job.Report or Job.Deliver)
            {
                done.AddRange(jobs);
                jobs = [.. jobs.SelectMany(job => Enumerable.Repeat(job, chance!.Next(2, 6)))];
                if (chance!.Next(10) == 0)
                    jobs.Add(done[chance.Next(done.Count)]);
                chance.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(jobs));
            }
            foreach (var job in jobs)
                await installation.Runner.Run(job, default);
        }
        foreach (var each in leased)
            Assert.True(await installation.Jobs.Complete(each));
    }

    /// <summary>The tables byte for byte; versions count writes and are left out.</summary>
    private static SortedDictionary<string, byte[]> Dump(string folder)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, SqliteDatabase.FileName), Pooling = false };
        using var database = new SqliteConnection(file.ConnectionString);
        database.Open();
        using var query = database.CreateCommand();
        query.CommandText = "SELECT tbl || '|' || part || '|' || key, body FROM rows";
        using var rows = query.ExecuteReader();
        var all = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        while (rows.Read())
            all.Add(rows.GetString(0), (byte[])rows[1]);
        return all;
    }

    private sealed class CountedMail : IMail
    {
        public List<string> Taken { get; } = [];

        public Task<string> Send(string letter, MimeKit.MimeMessage message, CancellationToken cancel)
        {
            Taken.Add($"{letter} {message.MessageId} {message.Subject}");
            return Task.FromResult("taken");
        }
    }
}
