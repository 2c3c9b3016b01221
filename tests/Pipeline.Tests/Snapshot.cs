using System.Runtime.CompilerServices;

namespace Pharos.Pipeline.Tests;

/// <summary>What a human reads is compared with a file. PHAROS_UPDATE_SNAPSHOTS=1 writes the files anew; look at the difference before you commit it.</summary>
internal static class Snapshot
{
    public static void Matches(string name, string actual, [CallerFilePath] string caller = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(caller)!, "..", "Snapshots");
        var file = Path.Combine(folder, name);
        if (Environment.GetEnvironmentVariable("PHAROS_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, actual);
            return;
        }
        Assert.True(File.Exists(file), $"The snapshot {name} does not exist; set PHAROS_UPDATE_SNAPSHOTS=1 to write it.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}
