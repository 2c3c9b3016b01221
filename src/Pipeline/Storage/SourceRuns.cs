using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>Where the collection of one source stands, for the next run and for whoever watches over the sources.</summary>
public sealed record SourceRun
{
    /// <summary>Which source.</summary>
    public required string Source { get; init; }

    /// <summary>Before this it was never asked about.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Country by country, until when it was asked with success. A country that is not here was never heard.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Marks { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Until when most recently read again as far back as late data comes.</summary>
    public required DateTimeOffset Reread { get; init; }

    /// <summary>From here on readings may be stored with which no country was judged yet; null when all were. Survives a crash between the two.</summary>
    public DateTimeOffset? Unjudged { get; init; }

    /// <summary>When the source last told anything of use, by our clock.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When a question last failed.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Since when every question fails; null when the last run had any success.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The last failure in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Useful answers, in the last run.</summary>
    public int Answers { get; init; }

    /// <summary>Questions that failed, in the last run.</summary>
    public int Failures { get; init; }

    /// <summary>Readings that changed, in the last run.</summary>
    public int Changed { get; init; }

    /// <summary>Of these, readings that came after their signal's settle lag, in the last run.</summary>
    public int Late { get; init; }

    /// <summary>Records that could not be read, in the last run.</summary>
    public int Rejected { get; init; }

    /// <summary>Until when the furthest country was heard; <see cref="Since"/> if none was.</summary>
    public DateTimeOffset Watermark => Marks.Count == 0 ? Since : Marks.Values.Max();

    /// <summary>Countries that lag behind the watermark.</summary>
    public int Behind => Marks.Values.Count(mark => mark < Watermark);
}

/// <summary>
/// Runs and rejects of sources. Table <c>sources</c>: partition <c>run</c>, key = source. Table <c>rejects</c>: partition =
/// <c>source|yyyyMMdd</c>, key = digest of reason and excerpt, so that reading a window twice keeps one row.
/// </summary>
public sealed class SourceRuns(ITables tables)
{
    private const string Table = "sources";
    private const string Partition = "run";

    /// <summary>The run of a source with its stored version; null when it never ran.</summary>
    public async Task<(SourceRun Run, string? Version)?> Read(string source, CancellationToken cancel) =>
        await tables.Read(Table, Partition, source, cancel) is { } row ? (Decode(row), row.Version) : null;

    /// <summary>The runs of all sources.</summary>
    public async Task<IReadOnlyList<SourceRun>> Read(CancellationToken cancel)
    {
        var runs = new List<SourceRun>();
        await foreach (var row in tables.Query(Table, Partition, null, null, cancel))
            runs.Add(Decode(row));
        return runs;
    }

    /// <summary>Writes a run over the version it was made from; the new version.</summary>
    /// <exception cref="ConflictException">Somebody else collected from the source meanwhile.</exception>
    public Task<string> Write(SourceRun run, string? version, CancellationToken cancel) => tables.Write(
        Table,
        new Row(Partition, run.Source, JsonSerializer.SerializeToUtf8Bytes(run, JsonSerializerOptions.Web), version),
        version is null ? Expect.Absent : Expect.SameVersion,
        cancel);

    /// <summary>Keeps rejects of a source under the UTC day the question was about.</summary>
    public async Task Write(string source, DateOnly day, IReadOnlyList<Reject> rejects, CancellationToken cancel)
    {
        if (rejects.Count > 0)
            await tables.WriteAll("rejects", [.. rejects.Select(reject => Row(source, day, reject)).DistinctBy(row => row.Key)], cancel);
    }

    /// <summary>The rejects kept of a source and day.</summary>
    public async Task<IReadOnlyList<Reject>> Rejects(string source, DateOnly day, CancellationToken cancel)
    {
        var rejects = new List<Reject>();
        await foreach (var row in tables.Query("rejects", Day(source, day), null, null, cancel))
            rejects.Add(JsonSerializer.Deserialize<Reject>(row.Body.Span, JsonSerializerOptions.Web)!);
        return rejects;
    }

    private static SourceRun Decode(Row row) => JsonSerializer.Deserialize<SourceRun>(row.Body.Span, JsonSerializerOptions.Web)!;

    private static Row Row(string source, DateOnly day, Reject reject)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{reject.Reason}\n{reject.Excerpt}"));
        return new Row(Day(source, day), Convert.ToHexStringLower(digest.AsSpan(0, 8)), JsonSerializer.SerializeToUtf8Bytes(reject, JsonSerializerOptions.Web));
    }

    private static string Day(string source, DateOnly day) => $"{source}|{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
}
