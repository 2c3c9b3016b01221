using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>
/// The reports as readers get them: table <c>reports</c>, partition = event, key = <c>r000001.html</c>, <c>.txt</c>, <c>.json</c>.
/// Written once; a form of more than 60 kB is stored compressed.
/// </summary>
public sealed class Reports(ITables tables)
{
    private const string Table = "reports";
    private const int LargestPlain = 60_000;

    /// <summary>A report in one form (<c>html</c>, <c>txt</c>, <c>json</c>), or null.</summary>
    public async Task<byte[]?> Read(string @event, int revision, string form, CancellationToken cancel) =>
        await tables.Read(Table, @event, Key(revision, form), cancel) is { } row ? Unpack(row.Body) : null;

    /// <summary>Writes a report in its three forms. What is there already stays.</summary>
    public async Task Write(string @event, int revision, RenderedReport report, CancellationToken cancel)
    {
        await WriteOnce(@event, Key(revision, "html"), Encoding.UTF8.GetBytes(report.Html), cancel);
        await WriteOnce(@event, Key(revision, "txt"), Encoding.UTF8.GetBytes(report.Text), cancel);
        await WriteOnce(@event, Key(revision, "json"), report.Json, cancel);
    }

    /// <summary>Whether everything about a revision is done: its report written and each of its letters in the outbox.</summary>
    public async Task<bool> IsPublished(string @event, int revision, CancellationToken cancel) =>
        await tables.Read(Table, @event, Key(revision, "told"), cancel) is not null;

    /// <summary>Marks a revision as done, with what was decided about each subscriber: who hears it, or why not.</summary>
    public Task MarkPublished(string @event, int revision, byte[] decisions, CancellationToken cancel) => WriteOnce(@event, Key(revision, "told"), decisions, cancel);

    /// <summary>What was decided about each subscriber when the revision was published, as JSON, or null.</summary>
    public Task<byte[]?> Decisions(string @event, int revision, CancellationToken cancel) => Read(@event, revision, "told", cancel);

    private async Task WriteOnce(string @event, string key, byte[] bytes, CancellationToken cancel)
    {
        try
        {
            await tables.Write(Table, new Row(@event, key, Pack(bytes)), Expect.Absent, cancel);
        }
        catch (ConflictException)
        {
            // Written by an earlier run of the same job: the first word stays.
        }
    }

    private static string Key(int revision, string form) => string.Create(CultureInfo.InvariantCulture, $"r{revision:000000}.{form}");

    private static byte[] Pack(byte[] bytes)
    {
        if (bytes.Length <= LargestPlain)
            return bytes;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Unpack(ReadOnlyMemory<byte> body)
    {
        if (body.Span is not [0x1F, 0x8B, ..])
            return body.ToArray();
        using var gzip = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
