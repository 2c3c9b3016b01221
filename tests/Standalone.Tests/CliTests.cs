using System.Text.Json;

namespace Pharos.Standalone.Tests;

public class CliTests
{
    [Theory]
    [InlineData("replay")]
    [InlineData("serve")]
    [InlineData("inspect")]
    [InlineData("bgp")]
    [InlineData("subscribe")]
    [InlineData("doctor")]
    public async Task Help_shows_how_a_verb_is_used(string verb)
    {
        var (code, output, _) = await HostProcess.Run(verb, "--help");
        Assert.Equal(0, code);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains($"pharos {verb}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("--upstream", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_scenario_is_answered_with_the_names_there_are()
    {
        using var world = new SmallWorld();
        var (code, _, errors) = await HostProcess.Run("replay", "north-corea", "--out", world.Folder("out"));
        Assert.Equal(2, code);
        Assert.All(Scenarios.Names, name => Assert.Contains(name, errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_prints_a_line_for_each_reading_and_a_closing_count()
    {
        using var world = new SmallWorld();
        var file = Path.Combine(world.Folder("answers"), "bgp.json");
        await File.WriteAllTextAsync(file, """
            {"type":"signals","error":null,"data":[[{"entityType":"country","entityCode":"KP","datasource":"bgp","from":1419264600,"until":1419265500,
            "step":300,"nativeStep":300,"values":[4,0,null]}]]}
            """);
        var (code, output, _) = await HostProcess.Run("inspect", "ioda", file);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(0, code);
        Assert.Equal([4, 0], lines[..^1].Select(line => line.GetProperty("value").GetInt32()));
        Assert.Equal((2, 0), (lines[^1].GetProperty("read").GetInt32(), lines[^1].GetProperty("rejected").GetInt32()));

        Assert.Equal(2, (await HostProcess.Run("inspect", "nobody", file)).Code);
        Assert.Equal(2, (await HostProcess.Run("inspect", "ioda", file + ".missing")).Code);
    }

    [Fact]
    public async Task Subscribe_adds_a_reader_and_removes_them()
    {
        using var world = new SmallWorld();
        var data = world.Folder("data");
        Assert.Equal(0, (await HostProcess.Run("subscribe", "desk@example.org", "--data", data, "--countries", "KP,IR", "--time-zone", "Asia/Seoul")).Code);
        var reader = Assert.Single(await All());
        Assert.Equal(("desk@example.org", "Asia/Seoul"), (reader.Address, reader.TimeZone));
        Assert.Equal(["KP", "IR"], reader.Countries.Select(country => country.Code));

        Assert.Equal(2, (await HostProcess.Run("subscribe", "desk@example.org", "--data", data, "--countries", "QQ")).Code);
        Assert.Equal(2, (await HostProcess.Run("subscribe", "no address", "--data", data)).Code);
        Assert.Equal(2, (await HostProcess.Run("subscribe", "desk@example.org", "--data", data, "--time-zone", "Mars/Olympus")).Code);
        Assert.Single(await All());

        Assert.Equal(0, (await HostProcess.Run("subscribe", "desk@example.org", "--data", data, "--remove")).Code);
        Assert.Empty(await All());

        async Task<IReadOnlyList<Subscription>> All()
        {
            using var database = SqliteDatabase.Open(data);
            return await new Subscribers(new SqliteTables(database)).All(default);
        }
    }

    [Fact]
    public async Task Doctor_fails_without_a_contact_and_names_the_fix_of_every_trouble()
    {
        using var world = new SmallWorld();
        var (code, output, _) = await HostProcess.Run("doctor", "--json", "--data", world.Folder("data"));
        var findings = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(1, code);
        Assert.Equal(
            ["contact", "time zones", "storage", "ripestat", "ioda", "ripe-atlas"], findings.Select(finding => finding.GetProperty("check").GetString()));
        Assert.All(findings.Where(finding => !finding.GetProperty("ok").GetBoolean()), finding => Assert.NotEmpty(finding.GetProperty("fix").GetString()!));
        Assert.Contains("PHAROS_CONTACT", findings[0].GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.True(findings[2].GetProperty("ok").GetBoolean());
    }
}
