using System.Diagnostics;
using System.Xml.Linq;

namespace Pharos.Standalone.Tests;

/// <summary>The repository these tests were built from.</summary>
internal static class ArchitectureRepository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>Source files under a folder of <c>src</c>, as paths from the root with slashes.</summary>
    public static IReadOnlyList<string> Sources(string folder = "") =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src", folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>Project files under <c>src</c> and <c>tests</c>, as paths from the root with slashes.</summary>
    public static IReadOnlyList<string> Projects() =>
        [.. ((string[])["src", "tests"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static XDocument Project(string name) => XDocument.Parse(Text($"src/{name}/{name}.csproj"));

    /// <summary>What Git keeps in the root; null outside a clone.</summary>
    public static IReadOnlyList<string>? Entries()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["ls-tree", "--name-only", "HEAD"]) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
            using var git = Process.Start(start)!;
            var entries = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? entries.Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "Functions.sln"))
        ? folder
        : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside their repository."));
}
