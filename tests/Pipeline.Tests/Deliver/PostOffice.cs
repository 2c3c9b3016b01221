using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Pharos.Outages.Tests;

namespace Pharos.Pipeline.Tests;

/// <summary>Publisher and mailroom on a fresh embedded database, with a mail server that remembers and can be told to fail.</summary>
internal sealed class PostOffice : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pharos-").FullName;
    private readonly SqliteDatabase database;

    /// <param name="step">Called before and after each write and each hand-over; throws where a worker is to die.</param>
    /// <param name="tables">Tables that others use too; null for its own.</param>
    public PostOffice(Action? step = null, ITables? tables = null)
    {
        database = SqliteDatabase.Open(folder);
        Tables = new MortalTables(tables ?? new SqliteTables(database), step ?? (() => { }));
        Jobs = new SqliteJobs(database, Clock);
        Events = new EventLog(Tables);
        Reports = new Reports(Tables);
        Subscribers = new Subscribers(Tables);
        var renderer = new Renderer(new LetterWords());
        Mailroom = new Mailroom(Tables, Mail, Jobs, new Sender("pharos@example.org"), Clock);
        Publisher = new Publisher(Events, new Backgrounds(), renderer, Reports, new Letters(Subscribers, renderer, Mailroom, Clock));
    }

    public FakeTimeProvider Clock { get; } = new(Sample.Unstable.Clocks.Raised.AddMinutes(1));

    public ITables Tables { get; }

    public SqliteJobs Jobs { get; }

    public EventLog Events { get; }

    public Reports Reports { get; }

    public Subscribers Subscribers { get; }

    public MailServer Mail { get; } = new();

    public Mailroom Mailroom { get; }

    public Publisher Publisher { get; }

    public static IReadOnlyList<Revision> Revisions => [Sample.Unstable, Sample.Worsening, Sample.Outage, Sample.Ended];

    public static Subscription Reader(string id, params string[] countries) =>
        new(id, $"{id}@example.org", null, [.. countries.Select(Country.Parse)], 0, 0, "UTC");

    public Task Publish(int revision) => Publisher.Run(new Job.Report("KP", Sample.Event, revision), default);

    /// <summary>Runs the deliveries that wait, as a host does.</summary>
    public async Task Deliver()
    {
        foreach (var job in await Mailroom.Sweep(default))
            await Mailroom.Run((Job.Deliver)job, default);
    }

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Backgrounds : IBackgrounds
    {
        public Task<Background> Read(Revision revision, CancellationToken cancel) => Task.FromResult(Sample.Background(revision.Found.State, Sample.BinOf(revision)));
    }

    internal sealed class MailServer : IMail
    {
        public ConcurrentQueue<(string Letter, string MessageId, string To)> Taken { get; } = new();

        /// <summary>Called after a letter was taken and before its receipt arrives.</summary>
        public Action<string> AfterTaking { get; set; } = _ => { };

        /// <summary>Called before a letter is taken.</summary>
        public Action<string> BeforeTaking { get; set; } = _ => { };

        public async Task<string> Send(string letter, MimeMessage message, CancellationToken cancel)
        {
            BeforeTaking(letter);
            await Task.Yield();
            Taken.Enqueue((letter, message.MessageId ?? "", message.To.Mailboxes.Single().Address));
            AfterTaking(letter);
            return "250 taken";
        }
    }
}
