using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>
/// Keeps what upstreams said, verbatim: the bytes once per day and content under their SHA-256, and one small row per answer in table
/// <c>raw</c> that says who was asked what. Record facts early, conclude late.
/// </summary>
public sealed class RawArchive(IBlobs blobs, ITables tables)
{
    /// <summary>Keeps one answer.</summary>
    public async Task Keep(string source, Answer answer, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(answer.Bytes.Span));
        await blobs.Write(Name(source, answer.At, hash), Pack(answer.Bytes.Span), cancel);

        var kept = new Kept(answer.Uri.AbsoluteUri, answer.Status, answer.Bytes.Length, hash, answer.At, answer.Failure?.ToString());
        var question = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kept.Uri)).AsSpan(0, 8));
        var key = $"{answer.At.ToString("HHmmssfff", CultureInfo.InvariantCulture)}|{question}";
        var row = new Row(Partition(source, answer.At), key, JsonSerializer.SerializeToUtf8Bytes(kept, JsonSerializerOptions.Web));
        await tables.WriteAll("raw", [row], cancel);
    }

    /// <summary>What was kept of a source on a UTC day, in the order it came.</summary>
    public async IAsyncEnumerable<Kept> List(string source, DateOnly day, [EnumeratorCancellation] CancellationToken cancel)
    {
        var partition = Partition(source, new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
        await foreach (var row in tables.Query("raw", partition, null, null, cancel))
            yield return JsonSerializer.Deserialize<Kept>(row.Body.Span, JsonSerializerOptions.Web)!;
    }

    /// <summary>The bytes of what was kept, or null when the blob is gone.</summary>
    public async Task<byte[]?> Read(string source, Kept kept, CancellationToken cancel)
    {
        if (await blobs.Read(Name(source, kept.At, kept.Hash), cancel) is not { } packed)
            return null;
        using var unpacked = new MemoryStream(kept.Length);
        await using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        await gzip.CopyToAsync(unpacked, cancel);
        return unpacked.ToArray();
    }

    private static string Partition(string source, DateTimeOffset at) => $"{source}|{at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    private static string Name(string source, DateTimeOffset at, string hash) =>
        $"raw/{source}/{at.UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)}/{hash}.gz";

    private static ReadOnlyMemory<byte> Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream((bytes.Length / 4) + 64);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }
}

/// <summary>One answer in the archive.</summary>
/// <param name="Uri">What was asked.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Length">Bytes, unpacked.</param>
/// <param name="Hash">SHA-256 of the bytes, lower-case hexadecimal.</param>
/// <param name="At">When it came.</param>
/// <param name="Failure">Why it was not parsed; null when it was.</param>
public sealed record Kept(string Uri, int Status, int Length, string Hash, DateTimeOffset At, string? Failure);
