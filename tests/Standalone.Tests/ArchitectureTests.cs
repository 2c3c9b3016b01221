using System.Xml.Linq;

namespace Pharos.Standalone.Tests;

/// <summary>The invariants of src/ARCHITECTURE.md about who knows whom, and about clocks and effects.</summary>
public class ArchitectureTests
{
    private static readonly string[] Clocks =
    [
        "System.TimeProvider.get_System", "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Diagnostics.Stopwatch..ctor", "System.Diagnostics.Stopwatch.StartNew", "System.Diagnostics.Stopwatch.GetTimestamp",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Random..ctor", "System.Random.get_Shared",
    ];

    private static readonly string[] Effects =
    [
        "System.Console", "System.Random", "System.TimeProvider", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory",
        "System.IO.DirectoryInfo", "System.Net.Http.HttpClient", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Threading.Thread",
        "System.Threading.Timer", "System.Runtime.CompilerServices.AsyncStateMachineAttribute",
    ];

    [Theory]
    [InlineData("Outages")]
    [InlineData("Pipeline", "Outages")]
    [InlineData("Web", "Pipeline")]
    [InlineData("Standalone", "Web")]
    [InlineData("Functions", "Web")]
    public void A_project_refers_to_the_one_below_it_and_to_no_other(string project, params string[] below) => Assert.Equal(
        below, ArchitectureRepository.Project(project).Descendants("ProjectReference").Select(each => Path.GetFileNameWithoutExtension(Include(each))));

    [Fact]
    public void Compiled_code_knows_only_what_lies_below_it()
    {
        Assert.Empty(Ours(ArchitectureAssembly.Outages));
        Assert.Equal(["Pharos.Outages"], Ours(ArchitectureAssembly.Pipeline));
        Assert.Subset(new HashSet<string> { "Pharos.Outages", "Pharos.Pipeline" }, Ours(ArchitectureAssembly.Web).ToHashSet());
        Assert.Subset(new HashSet<string> { "Pharos.Outages", "Pharos.Pipeline", "Pharos.Web" }, Ours(ArchitectureAssembly.Standalone).ToHashSet());

        static IEnumerable<string> Ours(ArchitectureAssembly assembly) => assembly.References.Where(name => name.StartsWith("Pharos.", StringComparison.Ordinal)).Order();
    }

    [Fact]
    public void Outages_needs_nothing_but_the_base_library()
    {
        var library = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(ArchitectureAssembly.Outages.References, name => Assert.True(File.Exists(Path.Combine(library, name + ".dll")), $"Outages refers to {name}."));
        var packages = ArchitectureRepository.Project("Outages").Descendants("PackageReference").ToList();
        Assert.All(packages, package => Assert.Equal(("Microsoft.CodeAnalysis.BannedApiAnalyzers", "all"), (Include(package), package.Attribute("PrivateAssets")?.Value)));
    }

    [Fact]
    public void Outages_never_waits_never_asks_the_time_and_touches_nothing()
    {
        Assert.Empty(ArchitectureAssembly.Outages.Types.Intersect(Effects));
        Assert.DoesNotContain(ArchitectureAssembly.Outages.Types, type => type.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal) || type.StartsWith("System.Net.", StringComparison.Ordinal));
        Assert.Empty(ArchitectureAssembly.Outages.Members.Intersect(Clocks));
        // The compiler asks for the thread in every iterator; nothing else of the machine is known.
        Assert.Empty(ArchitectureAssembly.Outages.Members.Where(member => member.StartsWith("System.Environment.", StringComparison.Ordinal)).Except(["System.Environment.get_CurrentManagedThreadId"]));
    }

    [Fact]
    public void Nothing_but_the_hosts_reads_the_clock_or_throws_dice()
    {
        Assert.Empty(ArchitectureAssembly.Pipeline.Members.Intersect(Clocks));
        Assert.Empty(ArchitectureAssembly.Web.Members.Intersect(Clocks));
        Assert.NotEmpty(ArchitectureAssembly.Standalone.Members.Intersect(Clocks)); // The host does, so the search finds what there is.
        foreach (var folder in (string[])["Standalone/Replay", "Standalone/Scenarios", "Standalone/Serve"])
            Assert.All(ArchitectureRepository.Sources(folder), file => Assert.DoesNotMatch(@"TimeProvider\.System|\.UtcNow|DateTime(Offset)?\.Now|NewGuid|Random\.Shared|new Random", ArchitectureRepository.Text(file)));
    }

    [Fact]
    public void Azure_packages_are_known_to_Functions_and_to_the_adapters_of_storage_only()
    {
        foreach (var project in (string[])["Outages", "Web", "Standalone"])
            Assert.DoesNotContain(ArchitectureRepository.Project(project).Descendants("PackageReference"), each => Include(each).Contains("Azure", StringComparison.Ordinal));
        Assert.All(ArchitectureAssembly.All, assembly => Assert.DoesNotContain(assembly.References, name => name.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal)));
    }

    private static string Include(XElement reference) => reference.Attribute("Include")!.Value.Replace('\\', '/');
}
