using System.Globalization;

namespace Pharos.Standalone.Tests;

public class KillTests(ITestOutputHelper output)
{
    private const int KillsPerWorld = 8;

    /// <summary>How often the host is killed; <c>PHAROS_KILLS=200</c> for the long run.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("PHAROS_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : KillsPerWorld;

    [Fact]
    public async Task A_killed_host_loses_no_reading_no_event_and_no_letter()
    {
        await using var upstream = await KillUpstream.Start(TimeProvider.System.GetUtcNow());
        using var calm = new KillWorld(upstream);
        var whole = await calm.LiveUntilQuiet();
        var undisturbed = await calm.Read();
        var only = Assert.Single(undisturbed.Revisions.Select(revision => revision.Event).Distinct());
        Assert.NotEmpty(undisturbed.Mail);

        var (killed, repeated) = (0, 0);
        for (var world = 0; killed < Kills; world++)
        {
            using var shaken = new KillWorld(upstream);
            var chance = new Random(world);
            var before = killed;
            for (var kill = 0; kill < KillsPerWorld && killed < Kills; kill++, killed++)
                await shaken.LiveAndDie(whole * (0.05 + (0.6 * chance.NextDouble())));
            await shaken.LiveUntilQuiet();
            var left = await shaken.Read();

            foreach (var (country, readings) in undisturbed.Readings)
                Assert.Empty(Differences(country, readings, left.Readings[country], upstream).ToList());
            Assert.Equal([only], left.Revisions.Select(revision => revision.Event).Distinct());
            Assert.Equal(Enumerable.Range(1, left.Revisions.Count), left.Revisions.Select(revision => revision.Number));
            AssertSame(undisturbed.Revisions[^1].Found, left.Revisions[^1].Found);
            Assert.All(left.Revisions, revision => Assert.Contains("\"letter\"", left.Decisions[revision.Id], StringComparison.Ordinal));
            var letters = left.Decisions.Where(told => told.Value.Contains("\"letter\":true", StringComparison.Ordinal)).Select(told => told.Key).ToList();
            Assert.Equal(letters.Order(), left.Letters.Select(letter => $"{letter.Event}-r{letter.Revision}").Order());
            Assert.All(left.Letters, letter => Assert.Equal(OutboxState.Sent, letter.State));
            Assert.Equal(left.Letters.Select(letter => letter.Id).Order(), left.Mail.Keys.Order());
            Assert.All(left.Mail, letter => Assert.StartsWith(letter.Key + "@", letter.Value, StringComparison.Ordinal));
            var again = left.Letters.Sum(letter => letter.Tries - 1);
            Assert.InRange(again, 0, killed - before);
            repeated += again;
            output.WriteLine($"world {world}: {killed - before} kills, {left.Revisions.Count} revisions, {left.Mail.Count} letters, {again} begun again");
        }
        output.WriteLine($"{killed} kills, a whole life takes {whole.TotalSeconds:F1} s, letters begun again: {repeated}");
    }

    [Fact]
    public async Task Without_any_source_every_country_is_unknown_and_nothing_crashes()
    {
        var folder = Directory.CreateTempSubdirectory("pharos-alone-");
        var address = HostProcess.FreeAddress();
        try
        {
            using var host = HostProcess.Start(
                "serve", "--data", folder.FullName, "--urls", address, "--upstream", HostProcess.FreeAddress(), "--countries", KillUpstream.Countries, "--backfill", "1");
            await Eventually(async () =>
            {
                Assert.Equal("ok", await HostProcess.Client.GetStringAsync(new Uri($"{address}/healthz")));
                using var sources = System.Text.Json.JsonDocument.Parse(await HostProcess.Client.GetStringAsync(new Uri($"{address}/v1/sources")));
                var all = sources.RootElement.GetProperty("sources").EnumerateArray().ToList();
                Assert.Equal(["ioda", "ripe-atlas", "ripestat"], all.Select(source => source.GetProperty("source").GetString()));
                Assert.All(all, source => Assert.True(source.GetProperty("unreachable_since").TryGetDateTimeOffset(out _)));
                Assert.Contains("ioda is unreachable since", host.Errors, StringComparison.Ordinal);
                Assert.All(all, source => Assert.Contains("Unreachable", source.GetProperty("reason").GetString(), StringComparison.Ordinal));
            });
            using var countries = System.Text.Json.JsonDocument.Parse(await HostProcess.Client.GetStringAsync(new Uri($"{address}/v1/countries")));
            Assert.All(countries.RootElement.GetProperty("countries").EnumerateArray(), country => Assert.Equal("unknown", country.GetProperty("state").GetString()));
            Assert.DoesNotContain("failed", host.Errors, StringComparison.Ordinal);
            host.Kill(); // It was still alive.
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Differences(string country, Reading[] expected, Reading[] found, KillUpstream upstream) =>
        from i in Enumerable.Range(0, expected.Length)
        where expected[i] != found[i]
        let bin = upstream.Now - KillWorld.BinsCompared + (i / Signals.All.Count)
        select $"{country} {Signals.All[i % Signals.All.Count].Name} {bin}: {expected[i]}, after kills {found[i]}";

    /// <summary>In all that is told; figures may differ by what a source told after the country was first judged.</summary>
    private static void AssertSame(FoundEvent expected, FoundEvent found)
    {
        Assert.Equal((expected.Start, expected.Detected, expected.End, expected.State, expected.Now), (found.Start, found.Detected, found.End, found.State, found.Now));
        Assert.Equal(expected.Depth, found.Depth, 0.01);
    }

    private static async Task Eventually(Func<Task> holds)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await holds();
                return;
            }
            catch (Exception not) when (tries < 150 && not is HttpRequestException or Xunit.Sdk.IAssertionException or InvalidOperationException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}
