namespace Pharos.Outages.Tests;

/// <summary>
/// Facts and samples that lie beside the repository, in its sibling folder <c>shared</c>. A test that needs one is skipped, with the
/// reason, where the folder is absent.
/// </summary>
public static class Shared
{
    /// <summary>The folder, or null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The path of a file in the folder; skips the running test when it is absent.</summary>
    public static string Require(params string[] path)
    {
        var relative = Path.Combine(path);
        if (Folder is null)
            Assert.Skip($"The folder 'shared' does not lie beside the repository, so '{relative}' cannot be read.");
        var file = Path.Combine(Folder, relative);
        if (!File.Exists(file))
            Assert.Skip($"'{relative}' is not in the folder 'shared'.");
        return file;
    }

    private static string? Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Functions.sln")))
            directory = directory.Parent;

        var folder = directory?.Parent is { } parent ? Path.Combine(parent.FullName, "shared") : null;
        return Directory.Exists(folder) ? folder : null;
    }
}
