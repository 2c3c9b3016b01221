namespace Pharos.Pipeline;

/// <summary>What an installation watches and how it speaks to the world.</summary>
public record WorkshopSettings
{
    /// <summary>The countries it judges.</summary>
    public IReadOnlyList<Country> Countries { get; init; } = Outages.Countries.All;

    /// <summary>Who upstream operators can write to.</summary>
    public string Contact { get; init; } = "no contact set";

    /// <summary>How far back a source is asked that was never asked before.</summary>
    public Func<ISource, DateTimeOffset, DateTimeOffset> Start { get; init; } = (_, until) => until.AddDays(-7);

    /// <summary>Whether answers are kept verbatim.</summary>
    public bool KeepRaw { get; init; } = true;

    /// <summary>Countries whose readings are loaded side by side: 1 where the storage takes one call at a time.</summary>
    public int CountriesAtOnce { get; init; } = 8;

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

/// <summary>Everything that does the work, put together once for both hosts: they bring settings, ports and a clock.</summary>
public sealed class Workshop : IDisposable
{
    private readonly Fetcher fetcher;

    /// <summary>Puts the parts together; nothing is called yet.</summary>
    public Workshop(WorkshopSettings settings, ITables tables, IBlobs blobs, IJobs jobs, IMail mail, TimeProvider clock)
    {
        var archive = settings.KeepRaw ? new RawArchive(blobs, tables) : null;
        var politeness = settings.Upstream is null ? Politeness.Usual : Politeness.None;
        fetcher = new Fetcher(new FetchSettings { Contact = settings.Contact }, politeness, clock, archive, settings.Upstream);
        Sources = settings.Dataset is { } dataset ? [dataset] : [new Ripestat(fetcher), new Ioda(fetcher), new RipeAtlas(fetcher, new Rosters(tables))];
        var signals = Signals = settings.Dataset?.Signals ?? Outages.Signals.All;
        var method = Method.Standard;
        var readings = new Readings(tables) { CountriesAtOnce = settings.CountriesAtOnce };
        var guardLog = new GuardLog(tables);
        Events = new EventLog(tables);
        Subscribers = new Subscribers(tables);
        var guard = new GuardPass(tables, readings, guardLog, jobs, signals, settings.Countries, method);
        var collect = new CollectRound(new Collector(tables, readings, clock), guard, Sources, settings.Countries, settings.Start);
        var scorer = new Scorer(tables, readings, guardLog, Events, jobs, signals, method, clock);
        Assessments = new Assessments(tables);
        Reports = new Reports(tables);
        SourceRuns = new SourceRuns(tables);
        var renderer = new Renderer(new LetterWords(settings.BaseAddress));
        Mailroom = new Mailroom(tables, mail, jobs, new Sender(settings.From), clock);
        var letters = new Letters(Subscribers, renderer, Mailroom, clock);
        var publisher = new Publisher(Events, new Backgrounds(Assessments, Events, new Observed(tables), new WorldRate(tables, Events), signals), renderer, Reports, letters);
        Runner = new JobRunner(collect, scorer, publisher, Mailroom);
    }

    /// <summary>Whom it asks.</summary>
    public IReadOnlyList<ISource> Sources { get; }

    /// <summary>What it judges by, in the order of judgement.</summary>
    public IReadOnlyList<Signal> Signals { get; }

    /// <summary>What was told.</summary>
    public EventLog Events { get; }

    /// <summary>Who gets letters.</summary>
    public Subscribers Subscribers { get; }

    /// <summary>How each country was judged.</summary>
    public Assessments Assessments { get; }

    /// <summary>The reports as written.</summary>
    public Reports Reports { get; }

    /// <summary>How far each source was heard.</summary>
    public SourceRuns SourceRuns { get; }

    /// <summary>The outbox.</summary>
    public Mailroom Mailroom { get; }

    /// <summary>Runs a job of any kind.</summary>
    public JobRunner Runner { get; }

    /// <inheritdoc/>
    public void Dispose() => fetcher.Dispose();
}
