using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Pharos.Infra.Tests;

/// <summary>The Bicep compiler, from a package, on a copy of <c>infra</c>. It needs no network and no account.</summary>
internal static class Bicep
{
    private static readonly string? Compiler = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(each => each.Key == "Bicep")?.Value;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly ConcurrentDictionary<string, Lazy<Task<JsonElement>>> Snapshots = new();

    /// <summary>What it says about all files, one line per diagnostic; empty when all is well. Warnings count: it does not fail on a misspelt property.</summary>
    public static async Task<string> Lint(string folder)
    {
        var (_, output, errors) = await Run(folder, ["lint", "--pattern", Path.Combine(folder, "**/*.bicep")]);
        return (output + errors).Trim();
    }

    /// <summary>The resources that a parameter file would make, names, loops and conditions resolved.</summary>
    /// <param name="parameters">Name of a parameter file in <c>infra</c>, without its end.</param>
    /// <param name="more">A line added to it.</param>
    /// <param name="replace">An assignment in place of the one of the same name; null for none.</param>
    public static Task<JsonElement> Snapshot(string parameters, string more, string? replace) =>
        Snapshots.GetOrAdd($"{parameters} {more} {replace}", _ => new(() => Predict(parameters, more, replace))).Value;

    /// <summary>A copy of <c>infra</c> that a test may change.</summary>
    public static string Copy()
    {
        if (!File.Exists(Compiler))
            Assert.Skip("The Bicep compiler comes as a package for Linux on x64 only.");
        var copy = Directory.CreateTempSubdirectory("pharos-infra-").FullName;
        var infra = Path.Combine(ArchitectureRepository.Root, "infra");
        foreach (var file in Directory.EnumerateFiles(infra, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(infra, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    private static async Task<JsonElement> Predict(string parameters, string more, string? replace)
    {
        var folder = Copy();
        var file = Path.Combine(folder, parameters + ".bicepparam");
        var lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllLinesAsync(file, [.. lines.Where(line => replace is null || !line.StartsWith("param " + replace.Split('=')[0], StringComparison.Ordinal)), more, replace is null ? "" : "param " + replace]);
        string[] asked =
        [
            "snapshot", parameters + ".bicepparam", "--mode", "overwrite", "--resource-group", "rg-pharos", "--location", "westeurope",
            "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002",
        ];
        var (code, output, errors) = await Run(folder, asked);
        Assert.True(code == 0 && errors.Length == 0, output + errors);
        var found = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, parameters + ".snapshot.json"))).RootElement;
        Assert.Empty(found.GetProperty("diagnostics").EnumerateArray());
        Directory.Delete(folder, recursive: true);
        return found.GetProperty("predictedResources");
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(Compiler!, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            // The compiler unpacks itself; not every home can be written to.
            Environment = { ["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(Path.GetTempPath(), "pharos-bicep") },
        };
        using var bicep = Process.Start(start)!;
        var output = bicep.StandardOutput.ReadToEndAsync();
        var errors = bicep.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        await bicep.WaitForExitAsync(limit.Token);
        return (bicep.ExitCode, await output, await errors);
    }
}
