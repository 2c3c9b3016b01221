using System.Net;
using Azure.Data.Tables;
using Pharos.Tests;

namespace Pharos.Pipeline.Tests;

public sealed class AzureTablesTests : TablesContract, IAsyncLifetime
{
    private AzureStorage storage = null!;

    protected override ITables Tables => storage.Tables;

    public async ValueTask InitializeAsync() => storage = await Azurite.Storage();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void A_transaction_has_at_most_100_rows_and_less_than_4_MiB_in_one_partition()
    {
        var small = AzureTables.Steps(Enumerable.Range(0, 250).Select(number => Some("KP", $"{number:D3}", "x"))).ToList();
        Assert.Equal([100, 100, 50], small.Select(step => step.Count));
        Assert.Equal(Enumerable.Range(0, 250).Select(number => $"{number:D3}"), small.SelectMany(step => step).Select(action => action.Entity.RowKey));

        var large = AzureTables.Steps(Enumerable.Range(0, 7).Select(number => new Row("KP", $"{number}", new byte[RowRules.MaxBodyBytes]))).ToList();
        Assert.Equal([4, 3], large.Select(step => step.Count));
        Assert.All(large.Concat(small), step => Assert.True(step.Sum(Bytes) < 4 << 20));

        static int Bytes(TableTransactionAction action) => ((IDictionary<string, object>)action.Entity).Values.OfType<byte[]>().Sum(part => (part.Length + 2) / 3 * 4) + 2_000;
    }

    [Fact]
    public async Task A_write_of_more_than_a_transaction_holds_arrives_whole()
    {
        var body = new byte[RowRules.MaxBodyBytes];
        Random.Shared.NextBytes(body);
        await Tables.WriteAll(Table, [.. Enumerable.Range(0, 5).Select(number => new Row("KP", $"{number}", body))], Cancel);

        var rows = await Tables.Query(Table, "KP", null, null, Cancel).ToListAsync(Cancel);
        Assert.Equal(5, rows.Count);
        Assert.All(rows, row => Assert.True(row.Body.Span.SequenceEqual(body)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    public async Task A_body_is_cut_into_properties_and_joined_again(int length)
    {
        var body = new byte[length];
        Random.Shared.NextBytes(body);
        await Tables.Write(Table, new Row("KP", "a", new byte[200_000]), Expect.Absent, Cancel);
        await Tables.Write(Table, new Row("KP", "a", body), Expect.Anything, Cancel);

        Assert.Equal(body, (await Tables.Read(Table, "KP", "a", Cancel))!.Body.ToArray());
    }

    [Fact]
    public async Task Storage_that_stumbles_is_asked_again()
    {
        var stumbling = new Stumbling { Left = 2 };
        var tables = new AzureStorage(await Azurite.Connection(), Azurite.Prefix(), stumbling).Tables;
        await tables.Write(Table, Some("KP", "a", "1"), Expect.Anything, Cancel);
        Assert.Equal(0, stumbling.Left);

        stumbling.Left = 2;
        Assert.Equal("1", Body((await tables.Read(Table, "KP", "a", Cancel))!));
        Assert.Equal(0, stumbling.Left);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("AccountName=pharos")]
    public void A_wrong_setting_is_refused_by_name_and_never_repeated(string? setting)
    {
        var wrong = Assert.Throws<ArgumentException>(() => new AzureStorage(setting));
        Assert.StartsWith("PHAROS_STORAGE is neither", wrong.Message, StringComparison.Ordinal);
        if (setting?.Length > 0)
            Assert.DoesNotContain(setting, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_for_one_run_is_removed_and_an_installation_never()
    {
        await Tables.Write(Table, Some("KP", "a", "1"), Expect.Anything, Cancel);
        await storage.Blobs.Write("a", new byte[] { 1 }, Cancel);
        await storage.Check(Cancel);
        await storage.Remove(Cancel);

        Assert.Null(await Tables.Read(Table, "KP", "a", Cancel));
        Assert.Empty(await Keys("KP", null, null));
        Assert.Null(await storage.Blobs.Read("a", Cancel));
        Assert.Empty(await storage.Blobs.List("", Cancel).ToListAsync(Cancel));
        await storage.Blobs.Delete("a", Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new AzureStorage(await Azurite.Connection()).Remove(Cancel));
    }

    /// <summary>Answers 503 so many times before it lets requests through.</summary>
    private sealed class Stumbling() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Left { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Left-- > 0
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request })
            : Pass(request, cancellationToken);

        private Task<HttpResponseMessage> Pass(HttpRequestMessage request, CancellationToken cancel)
        {
            Left = 0;
            return base.SendAsync(request, cancel);
        }
    }
}

public sealed class AzureBlobsTests : BlobsContract, IAsyncLifetime
{
    private AzureStorage storage = null!;

    protected override IBlobs Blobs => storage.Blobs;

    public async ValueTask InitializeAsync() => storage = await Azurite.Storage();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
