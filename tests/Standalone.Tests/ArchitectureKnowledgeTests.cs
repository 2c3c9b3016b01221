namespace Pharos.Standalone.Tests;

/// <summary>What is known in one place only.</summary>
public class ArchitectureKnowledgeTests
{
    [Theory]
    [InlineData("stat.ripe.net", "Ripestat.cs", "Politeness.cs")]
    [InlineData("atlas.ripe.net", "RipeAtlas.cs", "Politeness.cs")]
    [InlineData("api.ioda.inetintel.cc.gatech.edu", "Ioda.cs", "Politeness.cs")]
    [InlineData("v4_prefixes_ris", "Ripestat.cs")]
    [InlineData("data_call_status", "Ripestat.cs")]
    [InlineData("nativeStep", "Ioda.cs")]
    [InlineData("entityCode", "Ioda.cs")]
    [InlineData("prb_id", "AtlasResult.cs")]
    [InlineData("rcvd", "AtlasResult.cs")]
    [InlineData("status_since", "RipeAtlas.cs", "ProbesPage.cs")]
    public void The_words_of_a_source_stand_in_its_own_files(string word, params string[] files)
    {
        // The scenarios play the sources, so they speak as these do.
        var speakers = ArchitectureRepository.Sources().Where(file => !file.StartsWith("src/Standalone/Scenarios/", StringComparison.Ordinal) && Says(file, word));
        Assert.Equal(files.Select(file => "src/Pipeline/Collect/" + file).Order(), speakers.Order());
    }

    [Fact]
    public void Nobody_but_the_pipeline_looks_into_tables()
    {
        foreach (var assembly in (ArchitectureAssembly[])[ArchitectureAssembly.Web, ArchitectureAssembly.Standalone])
        {
            Assert.DoesNotContain(assembly.Members, member => member.StartsWith("Pharos.Pipeline.ITables.", StringComparison.Ordinal));
            Assert.DoesNotContain("Pharos.Pipeline.Row", assembly.Types);
            Assert.DoesNotContain(assembly.Types, type => type.StartsWith("Microsoft.Data.Sqlite.", StringComparison.Ordinal) && type != "Microsoft.Data.Sqlite.SqliteException");
        }
    }

    [Fact]
    public void A_table_has_one_owner()
    {
        var owners = ArchitectureRepository.Sources("Pipeline").SelectMany(file => Names(file).Select(name => (Name: name, File: file))).ToList();
        Assert.True(owners.Count >= 5);
        Assert.All(owners.GroupBy(owner => owner.Name), table => Assert.Single(table.Select(owner => owner.File).Distinct()));

        static IEnumerable<string> Names(string file) =>
            System.Text.RegularExpressions.Regex.Matches(ArchitectureRepository.Text(file), "const string (?:\\w*Table) = \"(\\w+)\"").Select(match => match.Groups[1].Value);
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        string[] empty = ["Manager", "Helper", "Util", "Service", "Dto", "Processor", "Wrapper"];
        foreach (var assembly in ArchitectureAssembly.All)
            Assert.DoesNotContain(assembly.Defined, name => empty.Any(word => name.EndsWith(word, StringComparison.Ordinal) || name.EndsWith(word + "s", StringComparison.Ordinal)));
    }

    private static bool Says(string file, string word) =>
        ArchitectureRepository.Text(file).Split('\n').Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && line.Contains(word, StringComparison.Ordinal));
}
