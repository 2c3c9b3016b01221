using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Pharos.Standalone.Tests;

/// <summary>The repository as a newcomer finds it.</summary>
public class ArchitectureFilesTests
{
    private static readonly string[] Visible = ["Functions.sln", "README.md", "host.json", "infra", "src", "tests"];

    [Fact]
    public void The_root_shows_six_entries_and_no_more()
    {
        if (ArchitectureRepository.Entries() is not { } entries)
        {
            Assert.Skip("Git is not here to say what belongs to the repository.");
            return;
        }
        var shown = entries.Where(entry => !entry.StartsWith('.')).ToList();
        Assert.Empty(shown.Except(Visible));
        Assert.Empty(Visible.Except(shown).Except(["README.md"]));
    }

    [Fact]
    public void No_source_file_is_longer_than_250_lines()
    {
        var lengths = ArchitectureRepository.Sources().ToDictionary(file => file, file => ArchitectureRepository.Text(file).Count(letter => letter == '\n'));
        Assert.Empty(lengths.Where(file => file.Value > 250).Select(file => $"{file.Key}: {file.Value}"));
    }

    [Fact]
    public void The_solution_lists_every_project()
    {
        var solution = ArchitectureRepository.Text("Functions.sln").Replace('\\', '/');
        Assert.All(ArchitectureRepository.Projects(), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Host_json_is_one_that_Functions_v4_takes()
    {
        var host = JsonDocument.Parse(ArchitectureRepository.Text("host.json")).RootElement;
        Assert.Equal("2.0", host.GetProperty("version").GetString());
        Assert.Subset(
            new HashSet<string> { "version", "functionTimeout", "extensions", "logging", "telemetryMode", "concurrency", "healthMonitor", "watchDirectories", "watchFiles" },
            host.EnumerateObject().Select(property => property.Name).ToHashSet());
        Assert.InRange(TimeSpan.ParseExact(host.GetProperty("functionTimeout").GetString()!, "c", CultureInfo.InvariantCulture), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Assert.Subset(new HashSet<string> { "http", "serviceBus" }, host.GetProperty("extensions").EnumerateObject().Select(property => property.Name).ToHashSet());
        Assert.Equal("", host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
    }

    [Fact]
    public void Every_public_type_of_Outages_says_what_it_is_in_a_sentence()
    {
        var documented = XDocument.Load(Path.ChangeExtension(typeof(Country).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.Value.Trim() ?? "");
        var types = typeof(Country).Assembly.GetExportedTypes().Select(type => $"T:{type.FullName!.Replace('+', '.')}").ToList();
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.EndsWith(".", documented.GetValueOrDefault(type, "undocumented"), StringComparison.Ordinal));
    }
}
