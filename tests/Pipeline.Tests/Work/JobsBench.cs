using Microsoft.Extensions.Time.Testing;

namespace Pharos.Pipeline.Tests;

/// <summary>A queue in a folder of its own, under a clock that the test moves.</summary>
public abstract class JobsBench : IDisposable
{
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TempFolder folder = new();
    protected JobsBench()
    {
        Database = SqliteDatabase.Open(folder.Path);
        Jobs = new SqliteJobs(Database, Time);
    }

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero));

    protected string Folder => folder.Path;

    private protected SqliteDatabase Database { get; }

    private protected SqliteJobs Jobs { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Database.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static Job.Deliver Some(string letter) => new(letter);

    protected static List<string> Names(IEnumerable<Leased> leased) => [.. leased.Select(one => ((Job.Deliver)one.Job).Letter)];

    protected Task<IReadOnlyList<Leased>> Lease(int most) => Jobs.Lease(most, Minute, Cancel);

    protected async Task Kill(string letter)
    {
        await Jobs.Enqueue([Some(letter)], null, Cancel);
        for (var delivery = 0; delivery < SqliteJobs.MostDeliveries; delivery++)
            await Jobs.Retry(Assert.Single(await Lease(1)), "no luck", TimeSpan.Zero);
    }
}
