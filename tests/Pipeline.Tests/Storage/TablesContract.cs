using System.Text;

namespace Pharos.Pipeline.Tests;

/// <summary>What every table adapter promises.</summary>
public abstract class TablesContract
{
    protected const string Table = "Readings";
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract ITables Tables { get; }

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var version = await Tables.Write(Table, Some("KP", "bgp|2014-12-22", "körper"), Expect.Anything, Cancel);

        var row = await Tables.Read(Table, "KP", "bgp|2014-12-22", Cancel);
        Assert.Equal(("KP", "bgp|2014-12-22", "körper", version), (row!.Partition, row.Key, Body(row), row.Version));
    }

    [Fact]
    public async Task A_key_may_hold_what_an_address_or_a_filter_reads_otherwise()
    {
        string[] keys = ["it's", "a+b", "a b", "a&b=c", "(1)", "a:b;c,d", "{x}~", "<é>"];
        foreach (var key in keys)
        {
            await Tables.Write(Table, Some(key, key, key), Expect.Absent, Cancel);
            Assert.Equal(key, Body((await Tables.Read(Table, key, key, Cancel))!));
            Assert.Equal([key], await Keys(key, key, null));
            await Tables.WriteAll(Table, [Some(key, key, "again")], Cancel);
            await Tables.Delete(Table, key, key, Cancel);
            Assert.Null(await Tables.Read(Table, key, key, Cancel));
        }
    }

    [Fact]
    public async Task What_nobody_wrote_is_null_and_not_an_empty_row()
    {
        await Tables.Write(Table, Some("KP", "a", ""), Expect.Anything, Cancel);

        Assert.Equal("", Body((await Tables.Read(Table, "KP", "a", Cancel))!));
        Assert.Null(await Tables.Read(Table, "KP", "b", Cancel));
        Assert.Null(await Tables.Read(Table, "IR", "a", Cancel));
        Assert.Null(await Tables.Read("Reports", "KP", "a", Cancel));
    }

    [Fact]
    public async Task A_writer_who_read_an_old_version_loses()
    {
        var old = await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);
        await Tables.Write(Table, Some("KP", "a", "2") with { Version = old }, Expect.SameVersion, Cancel);

        await Assert.ThrowsAsync<ConflictException>(() => Tables.Write(Table, Some("KP", "a", "3") with { Version = old }, Expect.SameVersion, Cancel));
        Assert.Equal("2", Body((await Tables.Read(Table, "KP", "a", Cancel))!));
    }

    [Fact]
    public async Task A_row_written_as_absent_twice_conflicts()
    {
        await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);

        await Assert.ThrowsAsync<ConflictException>(() => Tables.Write(Table, Some("KP", "a", "2"), Expect.Absent, Cancel));
        Assert.Equal("1", Body((await Tables.Read(Table, "KP", "a", Cancel))!));
    }

    [Fact]
    public async Task A_row_that_is_gone_has_no_same_version()
    {
        var version = await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);
        await Tables.Delete(Table, "KP", "a", Cancel);

        await Assert.ThrowsAsync<ConflictException>(
            () => Tables.Write(Table, Some("KP", "a", "2") with { Version = version }, Expect.SameVersion, Cancel));
    }

    [Fact]
    public async Task A_row_deleted_and_written_again_is_another_version()
    {
        var old = await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);
        await Tables.Delete(Table, "KP", "a", Cancel);
        await Tables.Write(Table, Some("KP", "a", "1"), Expect.Absent, Cancel);

        await Assert.ThrowsAsync<ConflictException>(() => Tables.Write(Table, Some("KP", "a", "2") with { Version = old }, Expect.SameVersion, Cancel));
    }

    [Fact]
    public async Task A_version_of_another_storage_conflicts() =>
        await Assert.ThrowsAsync<ConflictException>(
            () => Tables.Write(Table, Some("KP", "a", "2") with { Version = "W/\"datetime'2026-10-01T00%3A00%3A00Z'\"" }, Expect.SameVersion, Cancel));

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error()
    {
        await Tables.Write(Table, Some("KP", "a", "1"), Expect.Anything, Cancel);
        await Tables.Delete(Table, "KP", "a", Cancel);
        await Tables.Delete(Table, "KP", "a", Cancel);
        Assert.Null(await Tables.Read(Table, "KP", "a", Cancel));
    }

    [Fact]
    public async Task Rows_come_back_in_ordinal_order()
    {
        string[] keys = ["b", "a", "B", "a|2", "a-1", "é", "ｚ", "10", "9", "A", "a 1"];
        await Tables.WriteAll(Table, [.. keys.Select(key => Some("KP", key, key))], Cancel);
        await Tables.Write(Table, Some("KQ", "c", "another partition"), Expect.Anything, Cancel);

        Assert.Equal(keys.Order(StringComparer.Ordinal), await Keys("KP", null, null));
    }

    [Fact]
    public async Task A_query_has_its_start_and_not_its_end()
    {
        await Tables.WriteAll(Table, [.. "abcd".Select(key => Some("KP", key.ToString(), "x"))], Cancel);

        Assert.Equal(["b", "c"], await Keys("KP", "b", "d"));
        Assert.Equal(["a"], await Keys("KP", null, "b"));
        Assert.Equal(["d"], await Keys("KP", "cc", null));
        Assert.Empty(await Keys("KP", "c", "b"));
    }

    [Fact]
    public async Task A_query_of_many_rows_misses_none_and_repeats_none()
    {
        var keys = Enumerable.Range(0, 1_300).Select(number => $"key-{number:D5}").ToArray();
        foreach (var chunk in keys.Chunk(100))
            await Tables.WriteAll(Table, [.. chunk.Select(key => Some("KP", key, key))], Cancel);

        Assert.Equal(keys, await Keys("KP", null, null));
    }

    [Fact]
    public async Task Rows_written_at_once_replace_what_is_there()
    {
        var old = await Tables.Write(Table, Some("KP", "a", "1"), Expect.Anything, Cancel);
        await Tables.WriteAll(Table, [Some("KP", "a", "2"), Some("IR", "a", "3")], Cancel);

        var row = await Tables.Read(Table, "KP", "a", Cancel);
        Assert.Equal("2", Body(row!));
        Assert.NotEqual(old, row!.Version);
        Assert.Equal("3", Body((await Tables.Read(Table, "IR", "a", Cancel))!));
        await Tables.WriteAll(Table, [], Cancel);
    }

    [Fact]
    public async Task The_largest_row_fits()
    {
        var body = new byte[RowRules.MaxBodyBytes];
        new Random(1).NextBytes(body);
        var key = new string('k', RowRules.MaxKeyLength);
        await Tables.Write(Table, new Row(key, key, body), Expect.Anything, Cancel);

        Assert.Equal(body, (await Tables.Read(Table, key, key, Cancel))!.Body.ToArray());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("100%")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("")]
    [InlineData("pile of \ud83d\udca9")]
    public async Task A_key_with_a_slash_is_refused_before_the_call(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Write(Table, Some("KP", key, "x"), Expect.Anything, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Write(Table, Some(key, "a", "x"), Expect.Anything, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.WriteAll(Table, [Some("KP", "good", "x"), Some("KP", key, "x")], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Read(Table, "KP", key, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Delete(Table, key, "a", Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Keys("KP", key, null));
        Assert.Empty(await Keys("KP", null, null));
    }

    [Fact]
    public async Task Half_a_character_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Write(Table, Some("KP", "pile \ud83d", "x"), Expect.Anything, Cancel));

    [Theory]
    [InlineData("Two Words")]
    [InlineData("Readings2")]
    [InlineData("ab")]
    [InlineData("tables")]
    [InlineData("rows; DROP TABLE rows")]
    public async Task A_table_name_is_letters_only(string table) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Read(table, "KP", "a", Cancel));

    [Fact]
    public async Task What_cannot_be_meant_is_refused()
    {
        var large = new Row("KP", "a", new byte[RowRules.MaxBodyBytes + 1]);
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Write(Table, large, Expect.Anything, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Write(Table, Some(new string('k', 513), "a", "x"), Expect.Anything, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.WriteAll(Table, [Some("KP", "a", "1"), Some("KP", "a", "2")], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Write(Table, Some("KP", "a", "x"), Expect.SameVersion, Cancel));
    }

    [Fact]
    public async Task Table_names_that_differ_in_case_are_one_table()
    {
        await Tables.Write("Readings", Some("KP", "a", "x"), Expect.Anything, Cancel);
        Assert.NotNull(await Tables.Read("readings", "KP", "a", Cancel));
    }

    [Fact]
    public async Task Of_many_writers_who_count_together_none_is_lost()
    {
        const int writers = 8, each = 25;
        await Tables.Write(Table, Some("KP", "sum", "0"), Expect.Absent, Cancel);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < each;)
            {
                var row = (await Tables.Read(Table, "KP", "sum", Cancel))!;
                var sum = int.Parse(Body(row)) + 1;
                try
                {
                    await Tables.Write(Table, row with { Body = Encoding.UTF8.GetBytes(sum.ToString()) }, Expect.SameVersion, Cancel);
                    done++;
                }
                catch (ConflictException)
                {
                    await Task.Yield();
                }
            }
        })));

        Assert.Equal($"{writers * each}", Body((await Tables.Read(Table, "KP", "sum", Cancel))!));
    }

    protected static Row Some(string partition, string key, string body) => new(partition, key, Encoding.UTF8.GetBytes(body));

    protected static string Body(Row row) => Encoding.UTF8.GetString(row.Body.Span);

    protected async Task<List<string>> Keys(string partition, string? from, string? until)
    {
        var keys = new List<string>();
        await foreach (var row in Tables.Query(Table, partition, from, until, Cancel))
            keys.Add(row.Key);
        return keys;
    }
}
