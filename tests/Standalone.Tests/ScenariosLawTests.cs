using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using static Pharos.Standalone.Tests.ScenariosAsked;

namespace Pharos.Standalone.Tests;

public class ScenariosLawTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_gives_others()
    {
        var digests = new[] { 2014UL, 2014UL, 7UL }.Select(seed => Digest(Scenarios.ByName("north-korea-2014", seed))).ToArray();
        Assert.Equal(digests[0], digests[1]);
        Assert.NotEqual(digests[0], digests[2]);
    }

    [Fact]
    public void Nothing_newer_than_the_clock_is_told_and_what_was_told_stays_true()
    {
        var moments = new[] { "2014-11-05T03:02:00Z", "2014-12-20T13:44:30Z", "2014-12-21T09:07:00Z", "2014-12-21T14:03:00Z", "2014-12-22T16:18:00Z", "2014-12-23T01:50:00Z" };
        using var later = new ScenariosAsked("2014-12-26T00:00:00Z");
        foreach (var now in moments)
        {
            using var asked = new ScenariosAsked(now);
            var (seconds, future) = (Unix(now), Unix(now) + 86_400);
            var from = DateTimeOffset.FromUnixTimeSeconds(seconds - 86_400).ToString("s");
            var to = DateTimeOffset.FromUnixTimeSeconds(future).ToString("s");
            foreach (var code in new[] { "KP", "DE", "GE", "UY" })
            {
                var (ris, all) = (asked.Ris(code, from, to), later.Ris(code, from, to));
                Assert.All(ris, bin => Assert.True(bin.Key.End <= At(now).AddMinutes(-75) && all[bin.Key] == bin.Value));
                foreach (var source in new[] { "bgp", "ping-slash24", "merit-nt", "gtr" })
                {
                    if (code == "KP" && source == "gtr")
                        continue;
                    var whole = later.IodaSeries(code, source, from, to);
                    Assert.All(asked.IodaSeries(code, source, from, to), bin => Assert.True(bin.Value is null || (bin.Key < At(now) && whole[bin.Key] == bin.Value)));
                }
            }

            foreach (var measurement in new[] { 7000, 1001 })
            {
                var query = $"{Atlas}measurements/{measurement}/results/?start={seconds - 86_400}&stop={future}&format=txt";
                var (told, all) = (asked.Lines(query), later.Lines(query).Select(line => line.GetRawText()).ToHashSet());
                Assert.All(told, line => Assert.True(line.GetProperty("timestamp").GetInt64() <= seconds && all.Contains(line.GetRawText())));
            }

            var probes = asked.Json($"{Atlas}probes/?page_size=500").GetProperty("results").EnumerateArray();
            Assert.All(probes, probe => Assert.True(probe.GetProperty("status_since") is { ValueKind: JsonValueKind.Null } since || probe.GetProperty("status_since").GetInt64() <= seconds));
        }
    }

    [Fact]
    public void Asked_day_by_day_or_all_at_once_the_story_is_the_same()
    {
        using var asked = new ScenariosAsked("2014-12-26T00:00:00Z");
        foreach (var measurement in new[] { 7000, 1001 })
        {
            string[] Lines(int fromDay, int toDay) => [.. asked.Lines(
                $"{Atlas}measurements/{measurement}/results/?start={Unix("2014-12-19T00:00:00Z") + (fromDay * 86_400L)}&stop={Unix("2014-12-19T00:00:00Z") + (toDay * 86_400L) - 1}&format=txt")
                .Select(line => line.GetRawText()).Order(StringComparer.Ordinal)];
            Assert.Equal(Lines(0, 4), Enumerable.Range(0, 4).SelectMany(day => Lines(day, day + 1)).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Run by hand: what the answers of a whole replay cost. Not a timed test.</summary>
    [Fact(Explicit = true)]
    public void Print_the_cost_of_a_replay()
    {
        var watch = Stopwatch.StartNew();
        var scenario = Scenarios.ByName("north-korea-2014");
        TestContext.Current.TestOutputHelper!.WriteLine($"made in {watch.ElapsedMilliseconds} ms, {scenario.Countries.Count} countries, {scenario.Probes.Count} probes");
        using var asked = new ScenariosAsked("2014-11-01T00:00:00Z", scenario);
        foreach (var (name, rounds, step, window) in new[] { ("warm-up by days", 48, 1440, 1440), ("rounds over 3 hours", 2016, 5, 180), ("rounds over 35 minutes", 2016, 5, 35) })
        {
            var (start, bytes, requests, cpu) = (name[0] == 'w' ? scenario.Period.Start : scenario.LiveFrom, 0L, 0, Process.GetCurrentProcess().TotalProcessorTime);
            var byKind = new SortedDictionary<string, (long Bytes, TimeSpan Time)>();
            for (var round = 1; round <= rounds; round++)
            {
                var now = start.AddMinutes(round * step);
                asked.Advance(now);
                foreach (var uri in Round(scenario, now.AddMinutes(-window), now))
                {
                    watch.Restart();
                    var size = asked.Size(uri);
                    var kind = Kind(uri);
                    var (told, spent) = byKind.GetValueOrDefault(kind);
                    byKind[kind] = (told + size, spent + watch.Elapsed);
                    (bytes, requests) = (bytes + size, requests + 1);
                }
            }

            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {requests} requests, {bytes / 1e6:F0} MB, {cpu.TotalSeconds:F2} s of CPU"));
            foreach (var (kind, (told, spent)) in byKind)
                TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {kind}: {told / 1e6:F0} MB, {spent.TotalSeconds:F2} s"));
        }

        static string Kind(string uri) => uri.Contains("1001", StringComparison.Ordinal) ? "pings" : new Uri(uri).Host + (uri.Contains("7000", StringComparison.Ordinal) ? " log" : "");
    }

    private static IEnumerable<string> Round(Scenario scenario, DateTimeOffset from, DateTimeOffset to)
    {
        var (start, stop) = (from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
        foreach (var country in scenario.Countries)
            yield return Ripestat(country.Code, from.ToString("s"), to.ToString("s"));
        foreach (var source in new[] { "bgp", "ping-slash24", "merit-nt", "gtr" })
            yield return $"{IodaSignals}{string.Join(',', scenario.Countries)}?from={start}&until={stop}&datasource={source}";
        yield return $"{Atlas}probes/?page_size=500";
        var ids = string.Join(',', scenario.Probes.Select(probe => probe.Id));
        foreach (var measurement in new[] { 7000, 1001 })
            yield return $"{Atlas}measurements/{measurement}/results/?start={start}&stop={stop}&probe_ids={ids}&format=txt";
    }

    private static string Digest(Scenario scenario)
    {
        using var asked = new ScenariosAsked("2014-12-26T00:00:00Z", scenario);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var uri in Round(scenario, At("2014-12-18T00:00:00Z"), At("2014-12-24T00:00:00Z")))
            hash.AppendData(asked.Bytes(uri));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
