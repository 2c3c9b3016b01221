using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pharos.Pipeline.Tests;

public class FetcherTests
{
    private static readonly FetchSettings Settings = new() { Contact = "ops@example.org", Deadline = TimeSpan.FromSeconds(1), MostBytes = 1 << 20 };

    private static Fetcher Fetcher(FetchSettings? settings = null, Politeness? politeness = null, RawArchive? archive = null) =>
        new(settings ?? Settings, politeness ?? Politeness.None, TimeProvider.System, archive);

    private static byte[] Http(int status, string body, string headers = "Content-Type: application/json") =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Status\r\n{headers}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_introduces_itself_with_a_contact()
    {
        using var upstream = new Loopback(async (request, stream) => await stream.WriteAsync(Http(200, $"[{request.Split("User-Agent: ")[1].Split('\r')[0].Length}]")));
        using var fetcher = Fetcher();
        var answer = await fetcher.Fetch("test", upstream.Uri("/"), Cancel);
        Assert.True(answer.Ok);
        Assert.Contains("User-Agent: Pharos/0.1.0 (+ops@example.org)", upstream.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dripping_answer_ends_at_the_deadline()
    {
        using var upstream = new Loopback(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"u8.ToArray());
            for (var i = 0; i < 100; i++)
            {
                await stream.WriteAsync("1"u8.ToArray());
                await Task.Delay(100);
            }
        });
        using var fetcher = Fetcher();
        var watch = Stopwatch.StartNew();
        var answer = await fetcher.Fetch("test", upstream.Uri("/"), Cancel);
        Assert.Equal(FailureKind.TooSlow, answer.Failure!.Kind);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.8, 3);
    }

    [Fact]
    public async Task A_bomb_is_stopped_at_the_unpacked_limit()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[64 << 20]);
        using var upstream = new Loopback(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"));
            await stream.WriteAsync(packed.ToArray());
        });
        using var fetcher = Fetcher();
        var before = GC.GetTotalAllocatedBytes();
        var answer = await fetcher.Fetch("test", upstream.Uri("/"), Cancel);
        Assert.Equal(FailureKind.TooLarge, answer.Failure!.Kind);
        Assert.True(answer.Bytes.IsEmpty);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 32 << 20);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        using var other = new Loopback(async (_, stream) => await stream.WriteAsync(Http(200, "[]")));
        using var upstream = new Loopback(async (_, stream) => await stream.WriteAsync(Http(302, "", $"Location: {other.Uri("/")}")));
        using var fetcher = Fetcher();
        var answer = await fetcher.Fetch("test", upstream.Uri("/"), Cancel);
        Assert.Equal(FailureKind.Elsewhere, answer.Failure!.Kind);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_redirect_within_the_host_is_followed_but_not_for_ever()
    {
        using var upstream = new Loopback(async (request, stream) => await stream.WriteAsync(
            request.StartsWith("GET /a", StringComparison.Ordinal) ? Http(301, "", "Location: /b") :
            request.StartsWith("GET /b", StringComparison.Ordinal) ? Http(200, "[1]") : Http(302, "", "Location: /loop")));
        using var fetcher = Fetcher();
        Assert.Equal("[1]"u8.ToArray(), (await fetcher.Fetch("test", upstream.Uri("/a"), Cancel)).Bytes.ToArray());
        Assert.Equal(FailureKind.Elsewhere, (await fetcher.Fetch("test", upstream.Uri("/loop"), Cancel)).Failure!.Kind);
    }

    [Fact]
    public async Task Retry_after_is_honoured()
    {
        var times = new List<TimeSpan>();
        var watch = Stopwatch.StartNew();
        using var upstream = new Loopback(async (_, stream) =>
        {
            times.Add(watch.Elapsed);
            await stream.WriteAsync(times.Count == 1 ? Http(429, "{}", "Retry-After: 1") : Http(200, "[2]"));
        });
        using var fetcher = Fetcher(politeness: Politeness.Usual with { FirstWait = TimeSpan.FromMilliseconds(1) });
        var answer = await fetcher.Fetch("test", upstream.Uri("/"), Cancel);
        Assert.True(answer.Ok);
        Assert.Equal(2, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(0.95));
    }

    [Fact]
    public async Task A_retry_after_longer_than_our_patience_is_left_to_the_next_sweep()
    {
        using var upstream = new Loopback(async (_, stream) => await stream.WriteAsync(Http(503, "{}", "Retry-After: 3600")));
        using var fetcher = Fetcher(politeness: Politeness.Usual);
        var answer = await fetcher.Fetch("test", upstream.Uri("/"), Cancel);
        Assert.Equal((FailureKind.Busy, TimeSpan.FromHours(1)), (answer.Failure!.Kind, answer.Failure.RetryAfter));
        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData(502, "<html><body>Bad gateway</body></html>", FailureKind.Broken)]
    [InlineData(200, "\n <!DOCTYPE html><html>Welcome</html>", FailureKind.NotJson)]
    [InlineData(404, "{\"error\":{\"detail\":\"Not found.\"}}", FailureKind.Refused)]
    [InlineData(429, "{}", FailureKind.Busy)]
    public async Task An_error_page_is_a_failure_and_keeps_its_bytes(int status, string body, FailureKind kind)
    {
        using var upstream = new Loopback(async (_, stream) => await stream.WriteAsync(Http(status, body)));
        using var fetcher = Fetcher();
        var answer = await fetcher.Fetch("test", upstream.Uri("/"), Cancel);
        Assert.Equal(kind, answer.Failure!.Kind);
        Assert.Equal(status, answer.Status);
        Assert.Equal(body, Encoding.UTF8.GetString(answer.Bytes.Span));
    }

    [Fact]
    public async Task Nobody_there_and_a_broken_answer_are_unreachable()
    {
        using var upstream = new Loopback(async (_, stream) => await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,"u8.ToArray()));
        using var fetcher = Fetcher();
        Assert.Equal(FailureKind.Unreachable, (await fetcher.Fetch("test", upstream.Uri("/"), Cancel)).Failure!.Kind);
        Assert.Equal(FailureKind.Unreachable, (await fetcher.Fetch("test", new Uri("http://127.0.0.1:9/"), Cancel)).Failure!.Kind);
    }

    [Fact]
    public async Task A_host_that_keeps_failing_is_left_alone()
    {
        using var upstream = new Loopback(async (_, stream) => await stream.WriteAsync(Http(500, "{}")));
        using var fetcher = Fetcher(politeness: Politeness.Usual with { FirstWait = TimeSpan.Zero, Hosts = new Dictionary<string, HostRule> { ["127.0.0.1"] = new(8, TimeSpan.Zero) } });
        var kinds = new List<FailureKind>();
        for (var i = 0; i < 20; i++)
            kinds.Add((await fetcher.Fetch("test", upstream.Uri("/"), Cancel)).Failure!.Kind);
        Assert.Equal(FailureKind.Broken, kinds[0]);
        Assert.Equal(FailureKind.Paused, kinds[^1]);
        Assert.InRange(upstream.Requests.Count, 10, 12);
    }

    [Fact]
    public async Task No_more_questions_than_allowed_are_open_at_a_time()
    {
        var (open, most) = (0, 0);
        using var upstream = new Loopback(async (_, stream) =>
        {
            lock (this)
                most = Math.Max(most, ++open);
            await Task.Delay(50);
            lock (this)
                open--;
            await stream.WriteAsync(Http(200, "[]"));
        });
        using var fetcher = Fetcher(Settings with { Deadline = TimeSpan.FromSeconds(20) }, Politeness.Usual with { Hosts = new Dictionary<string, HostRule> { ["127.0.0.1"] = new(3, TimeSpan.Zero) } });
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => fetcher.Fetch("test", upstream.Uri("/"), Cancel)));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Every_answer_goes_verbatim_to_the_archive()
    {
        using var store = new Store();
        var archive = new RawArchive(store.Blobs, store.Tables);
        using var upstream = new Loopback(async (request, stream) => await stream.WriteAsync(request.StartsWith("GET /a", StringComparison.Ordinal) ? Http(200, "[1, 2]") : Http(502, "<html>")));
        using var fetcher = Fetcher(archive: archive);
        var good = await fetcher.Fetch("ripe-atlas", upstream.Uri("/a?x=1"), Cancel);
        await fetcher.Fetch("ripe-atlas", upstream.Uri("/b"), Cancel);
        var kept = new List<Kept>();
        await foreach (var each in archive.List("ripe-atlas", DateOnly.FromDateTime(good.At.UtcDateTime), Cancel))
            kept.Add(each);
        Assert.Equal([200, 502], kept.Select(each => each.Status));
        Assert.Equal(upstream.Uri("/a?x=1").AbsoluteUri, kept[0].Uri);
        Assert.Equal("[1, 2]"u8.ToArray(), await archive.Read("ripe-atlas", kept[0], Cancel));
        Assert.StartsWith("Broken", kept[1].Failure, StringComparison.Ordinal);
    }

    /// <summary>An upstream on this machine that says exactly the bytes it is told.</summary>
    private sealed class Loopback : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Func<string, NetworkStream, Task> say;
        private readonly List<string> requests = [];

        public Loopback(Func<string, NetworkStream, Task> say)
        {
            this.say = say;
            listener.Start();
            _ = Accept();
        }

        public List<string> Requests => requests;

        public Uri Uri(string path) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}{path}");

        public void Dispose() => listener.Dispose();

        private async Task Accept()
        {
            while (true)
            {
                TcpClient client;
                try
                {
                    client = await listener.AcceptTcpClientAsync();
                }
                catch (Exception over) when (over is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }
                _ = Serve(client);
            }
        }

        private async Task Serve(TcpClient client)
        {
            using (client)
            {
                var stream = client.GetStream();
                var buffer = new byte[8192];
                var text = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
                lock (requests)
                    requests.Add(text);
                try
                {
                    await say(text, stream);
                }
                catch (IOException)
                {
                    // The fetcher hung up first.
                }
            }
        }
    }
}
