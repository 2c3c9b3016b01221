namespace Pharos.Infra.Tests;

public class BicepTests
{
    public static TheoryData<string> Files { get; } = new(
        Directory.EnumerateFiles(Path.Combine(ArchitectureRepository.Root, "infra"), "*.bicep*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(ArchitectureRepository.Root, "infra"), file)).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)).Order());

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_compiles_and_the_linter_has_nothing_to_say(string file)
    {
        var folder = Bicep.Copy();
        Assert.Equal("", await Bicep.Lint(folder, file));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_misspelt_property_is_noticed()
    {
        var folder = Bicep.Copy();
        var file = Path.Combine(folder, "modules", "storage.bicep");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("allowSharedKeyAccess", "allowSharedKeysAccess", StringComparison.Ordinal));
        Assert.Contains("BCP037", await Bicep.Lint(folder, "modules/storage.bicep"), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
