using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>
/// Asks upstreams politely and never trusts them: one deadline over the whole exchange, a limit on the unpacked size, redirects within one host
/// only. What comes back is a value, failures included; the bytes go verbatim to the archive.
/// </summary>
public sealed class Fetcher : IDisposable
{
    private readonly FetchSettings settings;
    private readonly Politeness politeness;
    private readonly TimeProvider clock;
    private readonly RawArchive? archive;
    private readonly HttpClient client;
    private readonly ConcurrentDictionary<string, Lane> lanes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a fetcher.</summary>
    /// <param name="settings">Introduction and limits.</param>
    /// <param name="politeness">Manners; <see cref="Politeness.None"/> where the clock is virtual.</param>
    /// <param name="clock">Measures deadlines, spacing and waits.</param>
    /// <param name="archive">Where the bytes go; null keeps none.</param>
    /// <param name="handler">Another way to the network, for replay and tests; it must not follow redirects.</param>
    public Fetcher(FetchSettings settings, Politeness politeness, TimeProvider clock, RawArchive? archive = null, HttpMessageHandler? handler = null)
    {
        this.settings = settings;
        this.politeness = politeness;
        this.clock = clock;
        this.archive = archive;
        client = new HttpClient(handler ?? Network(), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", settings.UserAgent);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json, text/plain;q=0.9, */*;q=0.1");
    }

    /// <summary>Asks one question.</summary>
    /// <param name="source">For whom; names the archive's folder.</param>
    /// <param name="uri">What.</param>
    /// <param name="cancel">Stops the whole; the deadline alone never throws.</param>
    public async Task<Answer> Fetch(string source, Uri uri, CancellationToken cancel)
    {
        var lane = lanes.GetOrAdd(uri.Host, host => new Lane(politeness.For(host), politeness, clock));
        var answer = await lane.Ask(uri, Exchange, cancel);
        if (archive is not null && !answer.Bytes.IsEmpty)
            await archive.Keep(source, answer, cancel);
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        foreach (var lane in lanes.Values)
            lane.Dispose();
    }

    private static SocketsHttpHandler Network() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };

    private async Task<Answer> Exchange(Uri uri, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(settings.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            return await Follow(uri, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed(uri, 0, FailureKind.TooSlow, string.Create(null, $"no whole answer within {settings.Deadline.TotalSeconds:0} s"));
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException)
        {
            return Failed(uri, 0, FailureKind.Unreachable, Short(trouble.Message));
        }
        catch (InvalidDataException trouble)
        {
            return Failed(uri, 0, FailureKind.NotJson, Short($"cannot be unpacked: {trouble.Message}"));
        }
    }

    private async Task<Answer> Follow(Uri asked, CancellationToken cancel)
    {
        var uri = asked;
        for (var hop = 0; ; hop++)
        {
            using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancel);
            var status = (int)response.StatusCode;
            if (status is not (301 or 302 or 303 or 307 or 308))
                return await Read(asked, response, cancel);
            var target = response.Headers.Location is { } location ? new Uri(uri, location) : null;
            if (target is null || Authority(target) != Authority(asked))
                return Failed(asked, status, FailureKind.Elsewhere, Short($"{status} to {target?.Host ?? "nowhere"}"));
            if (hop == settings.Redirects)
                return Failed(asked, status, FailureKind.Elsewhere, $"more than {settings.Redirects} redirects");
            uri = target;
        }
    }

    private async Task<Answer> Read(Uri asked, HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var body = await UpTo(settings.MostBytes, response.Content.Headers.ContentLength, await response.Content.ReadAsStreamAsync(cancel), cancel);
        if (body is not { } bytes)
            return Failed(asked, status, FailureKind.TooLarge, $"more than {settings.MostBytes} bytes unpacked");
        return new Answer(asked, status, clock.GetUtcNow(), bytes, Judge(response, status, bytes.Span));
    }

    private Failure? Judge(HttpResponseMessage response, int status, ReadOnlySpan<byte> bytes)
    {
        var text = $"{status} {response.ReasonPhrase}";
        if (status is 429 or 503)
            return new Failure(FailureKind.Busy, Short(text), RetryAfter(response));
        if (status >= 500)
            return new Failure(FailureKind.Broken, Short(text));
        if (status is < 200 or >= 300)
            return new Failure(FailureKind.Refused, Short(LooksHtml(response, bytes) ? text : $"{text}: {Sieve.Excerpt(bytes)}"));
        return LooksHtml(response, bytes) ? new Failure(FailureKind.NotJson, Short($"{status} with a page: {Sieve.Excerpt(bytes)}")) : null;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    // The unpacked bytes are counted while they come: a limit on the packed length would let a bomb through.
    private static async Task<ReadOnlyMemory<byte>?> UpTo(long most, long? announced, Stream stream, CancellationToken cancel)
    {
        await using var _ = stream;
        // What is announced is believed up to 16 MiB: a larger buffer has to be filled first.
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(announced + 1 ?? 0, 4096, 1 << 24));
        while (true)
        {
            var count = await stream.ReadAsync(body.GetMemory(4096), cancel);
            if (count == 0)
                return body.WrittenMemory;
            body.Advance(count);
            if (body.WrittenCount > most)
                return null;
        }
    }

    private Answer Failed(Uri uri, int status, FailureKind kind, string message) => new(uri, status, clock.GetUtcNow(), default, new Failure(kind, message));

    private static bool LooksHtml(HttpResponseMessage response, ReadOnlySpan<byte> bytes) =>
        response.Content.Headers.ContentType?.MediaType is "text/html" || bytes.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];

    private static string Authority(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    private static string Short(string text) => Sieve.Excerpt(Encoding.UTF8.GetBytes(text));
}
