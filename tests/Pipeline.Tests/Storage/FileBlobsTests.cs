namespace Pharos.Pipeline.Tests;

public sealed class FileBlobsTests : BlobsContract, IDisposable
{
    private readonly TempFolder folder = new();

    public FileBlobsTests() => Blobs = new FileBlobs(folder.Path);

    protected override IBlobs Blobs { get; }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_killed_writer_left_is_never_seen_and_cleaned_on_opening()
    {
        var left = Path.Combine(folder.Path, "~unfinished", "left");
        await File.WriteAllTextAsync(left, "half", Cancel);
        await Blobs.Write("a", new byte[] { 1 }, Cancel);

        Assert.Equal(["a"], await Names(""));
        Assert.Equal(["a"], await new FileBlobs(folder.Path, flush: true).List("", Cancel).ToListAsync(Cancel));
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task What_another_writer_still_writes_is_left_to_it()
    {
        var busy = Path.Combine(folder.Path, "~unfinished", "busy");
        await using (new FileStream(busy, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete))
        {
            _ = new FileBlobs(folder.Path);
            Assert.True(File.Exists(busy));
        }
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing()
    {
        await Blobs.Write("a", new byte[] { 1 }, Cancel);

        await Assert.ThrowsAnyAsync<IOException>(() => Blobs.Write("a/b", new byte[] { 1 }, Cancel));
        await Assert.ThrowsAsync<OperationCanceledException>(() => Blobs.Write("b", new byte[] { 1 }, new CancellationToken(canceled: true)));
        Assert.Equal(["a"], await Names(""));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "~unfinished")));
    }

    [Fact]
    public async Task Files_that_are_no_blobs_are_not_listed()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "README.TXT"), "put here by a person", Cancel);
        Assert.Empty(await Names(""));
    }
}
