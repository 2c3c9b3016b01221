using CsCheck;
using Microsoft.Data.Sqlite;

namespace Pharos.Pipeline.Tests;

public sealed class SqliteTablesTests : TablesContract, IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteDatabase database;

    public SqliteTablesTests()
    {
        database = SqliteDatabase.Open(folder.Path);
        Tables = new SqliteTables(database);
    }

    protected override ITables Tables { get; }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Tables_behave_like_a_sorted_dictionary()
    {
        var run = 0;
        var word = Gen.Char["abcXYZ09|-_ é"].Array[1, 4].Select(chars => new string(chars));
        var change = Gen.Select(Gen.Int[0, 4], word, word, Gen.Byte.Array[0, 50]);
        change.Array[0, 60].Sample(
            changes =>
            {
                using var batch = database.Batch();
                var partition = $"{Interlocked.Increment(ref run)}";
                var model = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
                foreach (var (kind, key, other, body) in changes)
                {
                    switch (kind)
                    {
                        case 0:
                            model[key] = body;
                            Tables.Write(Table, new Row(partition, key, body), Expect.Anything, Cancel).Wait(Cancel);
                            break;
                        case 1:
                            var added = model.TryAdd(key, body);
                            Assert.Equal(added, Tables.Write(Table, new Row(partition, key, body), Expect.Absent, Cancel).IsCompletedSuccessfully);
                            break;
                        case 2:
                            model.Remove(key);
                            Tables.Delete(Table, partition, key, Cancel).Wait(Cancel);
                            break;
                        case 3:
                            string[] both = key == other ? [key] : [key, other];
                            foreach (var each in both)
                                model[each] = body;
                            Tables.WriteAll(Table, [.. both.Select(each => new Row(partition, each, body))], Cancel).Wait(Cancel);
                            break;
                        default:
                            var expected = model.Where(pair => string.CompareOrdinal(pair.Key, key) >= 0 && string.CompareOrdinal(pair.Key, other) < 0);
                            Same(expected, Tables.Query(Table, partition, key, other, Cancel));
                            break;
                    }
                }

                Same(model, Tables.Query(Table, partition, null, null, Cancel));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task A_batch_is_seen_at_once_and_kept_at_its_end()
    {
        using (database.Batch())
        {
            using var inner = database.Batch();
            await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);
            await Tables.WriteAll(Table, [Some("KP", "b", "2"), Some("KP", "c", "3")], Cancel);
            await Assert.ThrowsAsync<ConflictException>(() => Tables.Write(Table, Some("KP", "a", "4"), Expect.Absent, Cancel));
            Assert.Equal(["a", "b", "c"], await Keys("KP", null, null));
            Assert.Empty(await KeysInTheFile());
        }

        Assert.Equal(["a", "b", "c"], await KeysInTheFile());
    }

    [Fact]
    public async Task Many_threads_read_write_and_query_without_harm()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 64), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (number, cancel) =>
        {
            using (number % 8 == 0 ? database.Batch() : null)
            {
                await Tables.WriteAll(Table, [.. Enumerable.Range(0, 20).Select(row => Some($"P{number}", $"{row:D2}", $"{number}"))], cancel);
                await Tables.Write(Table, Some("shared", $"{number:D2}", "x"), Expect.Absent, cancel);
                await Tables.Delete(Table, $"P{number}", "00", cancel);
            }

            Assert.Equal(19, (await Keys($"P{number}", null, null)).Count);
        });

        Assert.Equal(64, (await Keys("shared", null, null)).Count);
    }

    [Fact]
    public async Task Two_processes_worth_of_databases_share_a_folder()
    {
        using var second = SqliteDatabase.Open(folder.Path);
        var version = await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);
        await new SqliteTables(second).Write(Table, Some("KP", "a", "2") with { Version = version }, Expect.SameVersion, Cancel);

        await Assert.ThrowsAsync<ConflictException>(
            () => Tables.Write(Table, Some("KP", "a", "3") with { Version = version }, Expect.SameVersion, Cancel));
    }

    [Fact]
    public void A_new_folder_may_be_opened_by_many_at_once()
    {
        var path = Path.Combine(folder.Path, "new", "folder");
        Parallel.For(0, 16, _ =>
        {
            using var one = SqliteDatabase.Open(path);
            new SqliteTables(one).WriteAll(Table, [Some("KP", "a", "1")], Cancel).Wait(Cancel);
        });
    }

    [Fact]
    public async Task On_a_full_disk_rows_written_at_once_are_all_there_or_none()
    {
        await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);
        FillTheDisk();

        await Assert.ThrowsAsync<SqliteException>(() => Tables.WriteAll(Table, TooMuch("IR"), Cancel));
        Assert.Empty(await Keys("IR", null, null));
        Assert.Equal(["a"], await Keys("KP", null, null));
        await Tables.Write(Table, Some("KP", "a", "2"), Expect.Anything, Cancel);
    }

    [Fact]
    public async Task A_full_disk_takes_the_whole_batch_and_its_end_says_so()
    {
        var batch = database.Batch();
        await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);
        FillTheDisk();

        await Assert.ThrowsAsync<SqliteException>(() => Tables.WriteAll(Table, TooMuch("IR"), Cancel));
        Assert.Throws<SqliteException>(batch.Dispose);
        batch.Dispose();
        Assert.Null(await Tables.Read(Table, "KP", "a", Cancel));
        using (database.Batch())
            await Tables.Write(Table, Some("KP", "a", "2"), Expect.Absent, Cancel);
        Assert.Equal(["a"], await KeysInTheFile());
    }

    [Fact]
    public async Task A_closed_database_opens_again_with_its_rows()
    {
        await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);
        database.Dispose();

        Assert.Equal([SqliteDatabase.FileName], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        Assert.Equal(["a"], await KeysInTheFile());
    }

    [Theory]
    [InlineData(1, "another data folder")]
    [InlineData(3, "Update Pharos")]
    public void A_database_of_another_pharos_is_refused_with_the_fix(int layout, string fix)
    {
        database.Dispose();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, SqliteDatabase.FileName)};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA user_version = {layout}";
            command.ExecuteNonQuery();
        }

        var refusal = Assert.Throws<NotSupportedException>(() => SqliteDatabase.Open(folder.Path));
        Assert.Contains(fix, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Tables.Write(Table, Some("KP", "a", "1"), Expect.Anything, cancelled));
        Assert.Null(await Tables.Read(Table, "KP", "a", Cancel));
    }

    // To SQLite a page limit and a full disk are the same.
    private void FillTheDisk() => database.Prepare("PRAGMA max_page_count = 30").Execute();

    private static Row[] TooMuch(string partition) => [.. Enumerable.Range(0, 100).Select(row => new Row(partition, $"{row}", new byte[10_000]))];

    private async Task<List<string>> KeysInTheFile()
    {
        using var second = SqliteDatabase.Open(folder.Path);
        return await new SqliteTables(second).Query(Table, "KP", null, null, Cancel).Select(row => row.Key).ToListAsync(Cancel);
    }

    private static void Same(IEnumerable<KeyValuePair<string, byte[]>> expected, IAsyncEnumerable<Row> found) =>
        Assert.Equal(
            expected.Select(pair => (pair.Key, Convert.ToHexString(pair.Value))),
            found.ToBlockingEnumerable(Cancel).Select(row => (row.Key, Convert.ToHexString(row.Body.Span))));
}
