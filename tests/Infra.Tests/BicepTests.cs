namespace Pharos.Infra.Tests;

public class BicepTests
{
    [Fact]
    public async Task All_files_compile_and_the_linter_has_nothing_to_say()
    {
        var folder = Bicep.Copy();
        Assert.Equal("", await Bicep.Lint(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_misspelt_property_is_noticed()
    {
        var folder = Bicep.Copy();
        var file = Path.Combine(folder, "modules", "storage.bicep");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("allowSharedKeyAccess", "allowSharedKeysAccess", StringComparison.Ordinal));
        Assert.Contains("BCP089", await Bicep.Lint(folder), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
