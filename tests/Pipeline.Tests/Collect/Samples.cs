namespace Pharos.Pipeline.Tests;

/// <summary>
/// Recorded answers of upstreams that may be read but not redistributed. They lie beside the checkout, in <c>shared/samples</c>; a test that
/// needs one is skipped where there are none.
/// </summary>
internal static class Samples
{
    private static readonly string? Folder = Find();

    public static byte[] Read(string path)
    {
        var file = Path.Combine(Folder ?? "", "samples", path);
        Assert.SkipUnless(Folder is not null && File.Exists(file), $"The sample {path} is not here: recorded answers are kept outside of the repository.");
        return File.ReadAllBytes(file);
    }

    private static string? Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Functions.sln")))
            root = root.Parent;
        var folder = root?.Parent is { } above ? Path.Combine(above.FullName, "shared") : null;
        return Directory.Exists(folder) ? folder : null;
    }
}
