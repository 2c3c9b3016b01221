namespace Pharos.Standalone;

/// <summary>What an installation watches and where it lives.</summary>
internal sealed record InstallationSettings
{
    /// <summary>Folder of the database, the archive and the outbox.</summary>
    public required string Folder { get; init; }

    /// <summary>The countries it judges.</summary>
    public IReadOnlyList<Country> Countries { get; init; } = Outages.Countries.All;

    /// <summary>Who upstream operators can write to.</summary>
    public string Contact { get; init; } = "no contact set";

    /// <summary>How far back a source is asked that was never asked before.</summary>
    public Func<ISource, DateTimeOffset, DateTimeOffset> Start { get; init; } = (_, until) => until.AddDays(-7);

    /// <summary>Whether the folder is thrown away afterwards.</summary>
    public bool ForOneRun { get; init; }

    /// <summary>Whether answers are kept verbatim.</summary>
    public bool KeepRaw { get; init; } = true;

    /// <summary>Answers in place of the network, for a replay.</summary>
    public HttpMessageHandler? Upstream { get; init; }

    /// <summary>A dataset in place of the live sources.</summary>
    public Dataset? Dataset { get; init; }

    /// <summary>Where letters go.</summary>
    public IMail? Mail { get; init; }

    /// <summary>Who the letters are from.</summary>
    public string From { get; init; } = "pharos@localhost.localdomain";

    /// <summary>Address under which readers reach the reports; null while there is none.</summary>
    public Uri? BaseAddress { get; init; }
}

/// <summary>Everything one process needs, put together: the same parts for a live installation and for a replay.</summary>
internal sealed class Installation : IDisposable
{
    private readonly Fetcher fetcher;

    public Installation(InstallationSettings settings, TimeProvider clock)
    {
        Settings = settings;
        Clock = clock;
        Database = SqliteDatabase.Open(settings.Folder, settings.ForOneRun);
        Tables = new SqliteTables(Database);
        Blobs = new FileBlobs(Path.Combine(settings.Folder, "blobs"));
        Jobs = new SqliteJobs(Database, clock);
        var archive = settings.KeepRaw ? new RawArchive(Blobs, Tables) : null;
        var politeness = settings.Upstream is null ? Politeness.Usual : Politeness.None;
        fetcher = new Fetcher(new FetchSettings { Contact = settings.Contact }, politeness, clock, archive, settings.Upstream);
        Sources = settings.Dataset is { } dataset ? [dataset] : [new Ripestat(fetcher), new Ioda(fetcher), new RipeAtlas(fetcher, new Rosters(Tables))];
        var signals = Signals = settings.Dataset?.Signals ?? Outages.Signals.All;
        var method = Method.Standard;
        var readings = new Readings(Tables) { CountriesAtOnce = 2 };
        var guardLog = new GuardLog(Tables);
        Events = new EventLog(Tables);
        Subscribers = new Subscribers(Tables);
        var guard = new GuardPass(Tables, readings, guardLog, Jobs, signals, settings.Countries, method);
        var collect = new CollectRound(new Collector(Tables, readings, clock), guard, Sources, settings.Countries, settings.Start);
        var scorer = new Scorer(Tables, readings, guardLog, Events, Jobs, signals, method, clock);
        Assessments = new Assessments(Tables);
        Reports = new Reports(Tables);
        var renderer = new Renderer(new LetterWords(settings.BaseAddress));
        Mailroom = new Mailroom(Tables, settings.Mail ?? new EmlFolder(Path.Combine(settings.Folder, "outbox")), Jobs, new Sender(settings.From), clock);
        var letters = new Letters(Subscribers, renderer, Mailroom, clock);
        var publisher = new Publisher(Events, new Backgrounds(Assessments, Events, new Observed(Tables), new WorldRate(Tables, Events), signals), renderer, Reports, letters);
        Runner = new JobRunner(collect, scorer, publisher, Mailroom);
    }

    public InstallationSettings Settings { get; }

    public TimeProvider Clock { get; }

    public SqliteDatabase Database { get; }

    public ITables Tables { get; }

    public IBlobs Blobs { get; }

    public SqliteJobs Jobs { get; }

    public IReadOnlyList<ISource> Sources { get; }

    public IReadOnlyList<Signal> Signals { get; }

    public EventLog Events { get; }

    public Subscribers Subscribers { get; }

    public Assessments Assessments { get; }

    public Reports Reports { get; }

    public Mailroom Mailroom { get; }

    public JobRunner Runner { get; }

    /// <summary>Reads <c>subscribers.json</c> in the data folder, when there is one.</summary>
    /// <exception cref="FormatException">The file has an error; the message names line and field.</exception>
    public async Task LoadSubscribers(CancellationToken cancel)
    {
        var file = Path.Combine(Settings.Folder, "subscribers.json");
        if (File.Exists(file))
            await Subscribers.Load(await File.ReadAllBytesAsync(file, cancel), cancel);
    }

    public void Dispose()
    {
        fetcher.Dispose();
        Database.Dispose();
    }
}
