using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Pharos.Pipeline.Tests;

/// <summary>Words to build test cases from.</summary>
internal static class Given
{
    public static readonly Country KP = Country.Parse("KP"), ET = Country.Parse("ET"), NZ = Country.Parse("NZ");

    public static Interval Window(string from, string until) => new(Bin.Parse(from).Start, Bin.Parse(until).Start);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static Answers Answers(Func<Uri, (int Status, string Body)> script) => new(script);

    public static Fetcher Fetcher(HttpMessageHandler handler, TimeProvider? clock = null, RawArchive? archive = null) =>
        new(new FetchSettings { Contact = "ops@example.org" }, Politeness.None, clock ?? new FakeTimeProvider(), archive, handler);

    public static double? Value(this IEnumerable<SignalReading> readings, Signal signal, string bin, Country? country = null) =>
        readings.Where(each => each.Signal == signal && each.Bin == Bin.Parse(bin) && (country is null || each.Country == country)).ToList() is [{ Reading: var reading }] && reading.TryValue(out var value)
            ? value
            : null;
}

/// <summary>An upstream made of a function; it keeps what it was asked.</summary>
internal sealed class Answers(Func<Uri, (int Status, string Body)> script) : HttpMessageHandler
{
    private readonly List<Uri> asked = [];

    public IReadOnlyList<Uri> Asked => asked;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        lock (asked)
            asked.Add(request.RequestUri!);
        var (status, body) = script(request.RequestUri!);
        return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Given.Bytes(body)) });
    }
}

/// <summary>A store in a folder of its own, gone with the test.</summary>
internal sealed class Store : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"pharos-{Guid.NewGuid():N}");
    private readonly SqliteDatabase database;

    public Store()
    {
        database = SqliteDatabase.Open(folder);
        Tables = new SqliteTables(database);
        Blobs = new FileBlobs(Path.Combine(folder, "blobs"));
    }

    public ITables Tables { get; }

    public IBlobs Blobs { get; }

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
