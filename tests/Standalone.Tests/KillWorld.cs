using System.Text.Json;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MimeKit;

namespace Pharos.Standalone.Tests;

/// <summary>A data folder with one subscriber, on which hosts live and die.</summary>
internal sealed class KillWorld : IDisposable
{
    /// <summary>22 hours, of the day or two that are filled in.</summary>
    public const int BinsCompared = 264;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly KillUpstream upstream;
    private readonly string folder = Directory.CreateTempSubdirectory("pharos-kill-").FullName;

    public KillWorld(KillUpstream upstream)
    {
        this.upstream = upstream;
        File.WriteAllText(Path.Combine(folder, "subscribers.json"), """[ { "address": "desk@example.org" } ]""");
    }

    /// <summary>A host that lives for so long and is killed.</summary>
    public async Task LiveAndDie(TimeSpan life)
    {
        using var host = Serve();
        await Task.Delay(life);
        host.Kill();
    }

    /// <summary>A host that lives until nothing is left to do; how long it took.</summary>
    public async Task<TimeSpan> LiveUntilQuiet()
    {
        var watch = Stopwatch.StartNew();
        using var host = Serve();
        for (var quiet = 0; quiet < 3; quiet = IsQuiet() ? quiet + 1 : 0)
        {
            if (watch.Elapsed > Patience)
                Assert.Fail($"The host is not done after {watch.Elapsed.TotalSeconds:F0} s; left: {Unfinished()}. {host.Errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
        host.Kill();
        return watch.Elapsed;
    }

    /// <summary>What is on disk.</summary>
    public async Task<Left> Read()
    {
        using var installation = new Installation(new InstallationSettings { Folder = folder }, TimeProvider.System);
        var readings = new Readings(installation.Tables);
        var grids = new SortedDictionary<string, Reading[]>(StringComparer.Ordinal);
        foreach (var code in KillUpstream.Countries.Split(','))
            grids[code] = (await readings.Read(Country.Parse(code), upstream.Now - BinsCompared, upstream.Now - 1, Signals.All, default)).Cells;
        var revisions = new List<Revision>();
        foreach (var country in Countries.All)
            revisions.AddRange(await installation.Events.Read(country, default));
        var letters = new List<OutboxRow>();
        var decisions = new Dictionary<string, string>();
        foreach (var revision in revisions)
            decisions[revision.Id] = System.Text.Encoding.UTF8.GetString(await installation.Reports.Decisions(revision.Event, revision.Number, default) ?? []);
        foreach (var @event in revisions.Select(revision => revision.Event).Distinct())
            letters.AddRange(await installation.Mailroom.Told(@event, default));
        return new Left(grids, revisions, decisions, letters, Mail());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private HostProcess Serve() => HostProcess.Start(
        "serve", "--data", folder, "--urls", HostProcess.FreeAddress(), "--upstream", upstream.Address, "--countries", KillUpstream.Countries, "--backfill", "1");

    private Dictionary<string, string> Mail()
    {
        var outbox = Path.Combine(folder, "outbox");
        return !Directory.Exists(outbox) ? [] : Directory.GetFiles(outbox, "*.eml").ToDictionary(file => Path.GetFileNameWithoutExtension(file), file =>
        {
            using var message = MimeMessage.Load(file);
            return message.MessageId!;
        });
    }

    /// <summary>The jobs that are not done, with state and reason.</summary>
    private string Unfinished()
    {
        using var database = Open();
        using var jobs = database.CreateCommand();
        jobs.CommandText = "SELECT group_concat(id || ' ' || state || ' ' || deliveries || ' ' || reason, '; ') FROM jobs WHERE state <> 3";
        return jobs.ExecuteScalar() as string ?? "no job";
    }

    private SqliteConnection Open()
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, SqliteDatabase.FileName), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        var database = new SqliteConnection(file.ConnectionString);
        database.Open();
        return database;
    }

    /// <summary>Every source has told all it can, nothing waits in the queue.</summary>
    private bool IsQuiet()
    {
        try
        {
            using var database = Open();
            using var jobs = database.CreateCommand();
            jobs.CommandText = "SELECT (SELECT count(*) FROM jobs WHERE state IN (0, 1)) = 0 AND (SELECT count(*) FROM jobs WHERE state = 3 AND id LIKE 'collect-%') >= 3";
            if ((long)jobs.ExecuteScalar()! != 1)
                return false;
            using var sources = database.CreateCommand();
            sources.CommandText = "SELECT CAST(body AS TEXT) FROM rows WHERE tbl = 'sources'";
            using var rows = sources.ExecuteReader();
            var heard = 0;
            while (rows.Read())
                heard += JsonSerializer.Deserialize<SourceRun>(rows.GetString(0), JsonSerializerOptions.Web) is { Unjudged: null } run
                    && run.Marks.Count == 24 && run.Marks.Values.Min() >= upstream.Now.Start ? 1 : 0;
            return heard == 3;
        }
        catch (SqliteException)
        {
            return false; // Not there yet, or being written.
        }
    }

    /// <summary>What a world comes to.</summary>
    /// <param name="Readings">By country, bin after bin.</param>
    /// <param name="Revisions">In order.</param>
    /// <param name="Decisions">By revision, who is told and who is not; empty where it was never published.</param>
    /// <param name="Letters">The outbox.</param>
    /// <param name="Mail">Message-ID by name of the file.</param>
    internal sealed record Left(
        SortedDictionary<string, Reading[]> Readings, IReadOnlyList<Revision> Revisions, IReadOnlyDictionary<string, string> Decisions,
        IReadOnlyList<OutboxRow> Letters, IReadOnlyDictionary<string, string> Mail);
}
