using Pharos.Tests;

namespace Pharos.Standalone.Tests;

/// <summary>The same past on either storage is the same story.</summary>
public class AzureReplayTests
{
    [Fact]
    public async Task A_small_world_on_Azure_storage_writes_the_same_bytes()
    {
        using var world = new SmallWorld();
        await WritesTheSame(world.Past with { Countries = [Country.Parse("IR")] }, world);
    }

    [Fact]
    public async Task Iraq_2023_on_Azure_storage_writes_the_same_bytes()
    {
        var shared = Path.Combine(ArchitectureRepository.Root, "..", "shared", "series", "iraq-2023-08");
        Assert.SkipUnless(Directory.Exists(shared), "The recordings do not lie beside the repository.");
        using var world = new SmallWorld();
        // Three days of ten, for time; two outages are in them.
        var past = Past.Of(shared);
        await WritesTheSame(past with { Period = new Interval(past.Period.Start, past.Period.Start.AddDays(3)) }, world);
    }

    private static async Task WritesTheSame(Past past, SmallWorld world)
    {
        var storage = await Azurite.Storage();
        var cancel = TestContext.Current.CancellationToken;
        var (local, azure) = (world.Folder("local-out"), world.Folder("azure-out"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var here = await Replay.Run(past, world.Folder("local"), null, local, SmallWorld.Readers, _ => { }, cancel);
        var took = watch.Elapsed;
        var there = await Replay.Run(past, world.Folder("azure"), storage.Tables, azure, SmallWorld.Readers, _ => { }, cancel);
        TestContext.Current.TestOutputHelper!.WriteLine($"{took.TotalSeconds:F1} s in the folder, {(watch.Elapsed - took).TotalSeconds:F1} s on Azurite, {here.Revisions.Count} revisions");

        Assert.Empty(here.Troubles.Concat(there.Troubles));
        Assert.NotEmpty(here.Revisions);
        var files = Directory.EnumerateFiles(local, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(local, file)).Order().ToList();
        Assert.Contains("events.jsonl", files);
        Assert.Equal(files, Directory.EnumerateFiles(azure, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(azure, file)).Order());
        Assert.All(files, file => Assert.True(File.ReadAllBytes(Path.Combine(local, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(azure, file))), $"{file} differs."));
    }
}
