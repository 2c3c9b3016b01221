namespace Pharos.Pipeline.Tests;

/// <summary>What every blob adapter promises.</summary>
public abstract class BlobsContract
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IBlobs Blobs { get; }

    [Fact]
    public async Task A_blob_comes_back_as_it_was_written()
    {
        await Blobs.Write("raw/ris/2026-10-01.json.gz", new byte[] { 0, 1, 255 }, Cancel);
        await Blobs.Write("empty", ReadOnlyMemory<byte>.Empty, Cancel);

        Assert.Equal(new byte[] { 0, 1, 255 }, await Blobs.Read("raw/ris/2026-10-01.json.gz", Cancel));
        Assert.Equal(Array.Empty<byte>(), await Blobs.Read("empty", Cancel));
    }

    [Fact]
    public async Task What_nobody_wrote_is_null()
    {
        await Blobs.Write("raw/a", new byte[] { 1 }, Cancel);
        Assert.Null(await Blobs.Read("raw/b", Cancel));
        Assert.Null(await Blobs.Read("raw", Cancel));
        Assert.Null(await Blobs.Read("raw/a/b", Cancel));
        Assert.Null(await Blobs.Read("no/such/folder", Cancel));
    }

    [Fact]
    public async Task A_second_write_replaces_the_first()
    {
        await Blobs.Write("a", new byte[1000], Cancel);
        await Blobs.Write("a", new byte[] { 7 }, Cancel);
        Assert.Equal(new byte[] { 7 }, await Blobs.Read("a", Cancel));
    }

    [Fact]
    public async Task Names_come_back_in_ordinal_order()
    {
        string[] names = ["a/b", "a-b", "a.b", "b/a/z", "b/a.z", "b/a-z", "b/b", "0", "z_", "a0"];
        foreach (var name in names)
            await Blobs.Write(name, new byte[] { 1 }, Cancel);

        Assert.Equal(names.Order(StringComparer.Ordinal), await Names(""));
    }

    [Theory]
    [InlineData("raw/ris/2026-1", "raw/ris/2026-10", "raw/ris/2026-11/a")]
    [InlineData("raw/ris/", "raw/ris/2026-09", "raw/ris/2026-10", "raw/ris/2026-11/a")]
    [InlineData("raw/ris", "raw/ris/2026-09", "raw/ris/2026-10", "raw/ris/2026-11/a", "raw/ris-live")]
    [InlineData("raw/x")]
    [InlineData("no/such/")]
    public async Task A_list_holds_the_names_with_the_prefix(string prefix, params string[] expected)
    {
        foreach (var name in (string[])["raw/ris/2026-09", "raw/ris/2026-10", "raw/ris/2026-11/a", "raw/ris-live", "other"])
            await Blobs.Write(name, new byte[] { 1 }, Cancel);

        Assert.Equal(expected.Order(StringComparer.Ordinal), await Names(prefix));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error()
    {
        await Blobs.Write("a/b", new byte[] { 1 }, Cancel);
        await Blobs.Delete("a/b", Cancel);
        await Blobs.Delete("a/b", Cancel);
        await Blobs.Delete("no/such/blob", Cancel);
        Assert.Null(await Blobs.Read("a/b", Cancel));
        Assert.Empty(await Names(""));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("./a")]
    [InlineData("a/.")]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("a b")]
    [InlineData("c:")]
    [InlineData("a\\b")]
    [InlineData("é")]
    [InlineData("a\0")]
    [InlineData("~unfinished/a")]
    [InlineData("nul")]
    [InlineData("a/com1.txt")]
    [InlineData("dot.")]
    public async Task An_odd_name_is_refused_before_the_call(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.Write(name, new byte[] { 1 }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.Read(name, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.Delete(name, Cancel));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("/")]
    [InlineData("a//")]
    [InlineData("A")]
    public async Task A_prefix_that_begins_no_name_is_refused(string prefix) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Names(prefix));

    [Fact]
    public async Task A_reader_never_sees_half_a_blob()
    {
        const int size = 200_000;
        await Blobs.Write("a", new byte[size], Cancel);
        var writer = Task.Run(async () =>
        {
            for (byte turn = 1; turn <= 40; turn++)
                await Blobs.Write("a", Enumerable.Repeat(turn, size + turn).ToArray(), Cancel);
        });

        while (!writer.IsCompleted)
        {
            var bytes = (await Blobs.Read("a", Cancel))!;
            Assert.Equal(size + bytes[0], bytes.Length);
            Assert.False(bytes.AsSpan().ContainsAnyExcept(bytes[0]));
        }

        await writer;
    }

    protected async Task<List<string>> Names(string prefix)
    {
        var names = new List<string>();
        await foreach (var name in Blobs.List(prefix, Cancel))
            names.Add(name);
        return names;
    }
}
