namespace Pharos.Standalone;

/// <summary>What an installation watches and where it lives.</summary>
internal sealed record InstallationSettings : WorkshopSettings
{
    /// <summary>Folder of the database and the outbox, and of the archive unless <see cref="Storage"/> has it.</summary>
    public required string Folder { get; init; }

    /// <summary>Tables and blobs in Azure in place of the folder; the queue stays in the folder. Null: all in the folder.</summary>
    public AzureStorage? Storage { get; init; }

    /// <summary>Tables in place of all others, for a run that leaves nothing in the folder: then the queue is in memory too.</summary>
    public ITables? Tables { get; init; }
}

/// <summary>Everything one process needs, put together: the same parts for a live installation and for a replay.</summary>
internal sealed class Installation : IDisposable
{
    public Installation(InstallationSettings settings, TimeProvider clock)
    {
        Settings = settings;
        Clock = clock;
        Database = SqliteDatabase.Open(settings.Folder, forOneRun: settings.Tables is not null);
        Tables = settings.Tables ?? settings.Storage?.Tables ?? new SqliteTables(Database);
        Blobs = settings.Storage?.Blobs ?? new FileBlobs(Path.Combine(settings.Folder, "blobs"));
        Jobs = new SqliteJobs(Database, clock);
        var mail = settings.Mail ?? new EmlFolder(Path.Combine(settings.Folder, "outbox"));
        Parts = new Workshop(settings with { CountriesAtOnce = settings.Storage is null ? 2 : settings.CountriesAtOnce }, Tables, Blobs, Jobs, mail, clock);
    }

    public InstallationSettings Settings { get; }

    public TimeProvider Clock { get; }

    public SqliteDatabase Database { get; }

    public ITables Tables { get; }

    public IBlobs Blobs { get; }

    public SqliteJobs Jobs { get; }

    public Workshop Parts { get; }

    public IReadOnlyList<ISource> Sources => Parts.Sources;

    public IReadOnlyList<Signal> Signals => Parts.Signals;

    public EventLog Events => Parts.Events;

    public Subscribers Subscribers => Parts.Subscribers;

    public Assessments Assessments => Parts.Assessments;

    public Reports Reports => Parts.Reports;

    public Mailroom Mailroom => Parts.Mailroom;

    public JobRunner Runner => Parts.Runner;

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
        Parts.Dispose();
        Database.Dispose();
    }
}
