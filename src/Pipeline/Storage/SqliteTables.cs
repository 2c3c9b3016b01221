using System.Globalization;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>
/// Tables in the embedded database, all in one SQLite table. Calls end before they return: there is nothing to wait for but the lock.
/// A query reads in pages, so it holds nothing up and may see rows written while it runs.
/// </summary>
public sealed class SqliteTables : ITables
{
    private const int PageRows = 256;
    private const int PageBytes = 4 << 20;
    private const string RowIs = "tbl = ?1 AND part = ?2 AND key = ?3";
    private const string Insert =
        "INSERT INTO rows(tbl, part, key, version, body) VALUES(?1, ?2, ?3, (SELECT value FROM counters WHERE name = 'deleted') + 1, ?4)";

    // A value without affinity that is greater than every text: the upper end of a query without one.
    private static readonly byte[] AfterAllText = [];

    private readonly SqliteDatabase database;
    private readonly SqliteStatement read, first, next, put, putSilently, add, replace, remember, delete;
    private readonly Dictionary<string, byte[]> names = [];

    /// <summary>Tables in a database that its opener disposes.</summary>
    public SqliteTables(SqliteDatabase database)
    {
        this.database = database;
        read = database.Prepare($"SELECT version, body FROM rows WHERE {RowIs}");
        first = database.Prepare("SELECT key, version, body FROM rows WHERE tbl = ?1 AND part = ?2 AND key >= ?3 AND key < ?4 ORDER BY key");
        next = database.Prepare("SELECT key, version, body FROM rows WHERE tbl = ?1 AND part = ?2 AND key > ?3 AND key < ?4 ORDER BY key");
        putSilently = database.Prepare($"{Insert} ON CONFLICT DO UPDATE SET version = version + 1, body = excluded.body");
        put = database.Prepare($"{Insert} ON CONFLICT DO UPDATE SET version = version + 1, body = excluded.body RETURNING version");
        add = database.Prepare($"{Insert} ON CONFLICT DO NOTHING RETURNING version");
        replace = database.Prepare($"UPDATE rows SET version = version + 1, body = ?4 WHERE {RowIs} AND version = ?5 RETURNING version");
        remember = database.Prepare(
            $"UPDATE counters SET value = max(value, ifnull((SELECT version FROM rows WHERE {RowIs}), 0)) WHERE name = 'deleted'");
        delete = database.Prepare($"DELETE FROM rows WHERE {RowIs}");
    }

    /// <inheritdoc/>
    public Task<Row?> Read(string table, string partition, string key, CancellationToken cancel)
    {
        Check(table, partition, key, cancel);
        lock (database.Gate)
        {
            using var run = read.Run();
            Name(run, table, partition, key);
            return Task.FromResult(run.Step() ? new Row(partition, key, run.Bytes(1).ToArray(), Text(run.Long(0))) : null);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Row> Query(string table, string partition, string? from, string? until, CancellationToken cancel)
    {
        RowRules.CheckTable(table);
        RowRules.CheckKey(partition);
        if (from is not null)
            RowRules.CheckKey(from);
        if (until is not null)
            RowRules.CheckKey(until);
        return Pages(table, partition, from, until, cancel).ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public Task<string> Write(string table, Row row, Expect expect, CancellationToken cancel)
    {
        RowRules.CheckTable(table);
        RowRules.CheckRow(row);
        RowRules.CheckExpectation(row, expect);
        cancel.ThrowIfCancellationRequested();

        var version = 0L;
        if (expect == Expect.SameVersion && !long.TryParse(row.Version, NumberStyles.None, CultureInfo.InvariantCulture, out version))
            return Task.FromException<string>(Conflict(table, row));
        lock (database.Gate)
        {
            using var run = (expect switch { Expect.Absent => add, Expect.SameVersion => replace, _ => put }).Run();
            Fill(run, table, row);
            if (expect == Expect.SameVersion)
                run.Bind(5, version);
            return run.Step() ? Task.FromResult(Text(Version(run))) : Task.FromException<string>(Conflict(table, row));
        }
    }

    /// <inheritdoc/>
    public Task WriteAll(string table, IReadOnlyCollection<Row> rows, CancellationToken cancel)
    {
        RowRules.CheckTable(table);
        RowRules.CheckRows(rows);
        cancel.ThrowIfCancellationRequested();

        lock (database.Gate)
        {
            using var step = database.Begin();
            foreach (var row in rows)
            {
                using var run = putSilently.Run();
                Fill(run, table, row);
                run.Step();
            }

            step.Commit();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Delete(string table, string partition, string key, CancellationToken cancel)
    {
        Check(table, partition, key, cancel);
        lock (database.Gate)
        {
            using var step = database.Begin();
            foreach (var statement in (ReadOnlySpan<SqliteStatement>)[remember, delete])
            {
                using var run = statement.Run();
                Name(run, table, partition, key);
                run.Step();
            }

            step.Commit();
        }

        return Task.CompletedTask;
    }

    private static void Check(string table, string partition, string key, CancellationToken cancel)
    {
        RowRules.CheckTable(table);
        RowRules.CheckKey(partition);
        RowRules.CheckKey(key);
        cancel.ThrowIfCancellationRequested();
    }

    private IEnumerable<Row> Pages(string table, string partition, string? from, string? until, CancellationToken cancel)
    {
        var page = new List<Row>();
        var more = Page(page, first, table, partition, from ?? "", until, cancel);
        while (true)
        {
            foreach (var row in page)
                yield return row;
            if (!more)
                yield break;
            var last = page[^1].Key;
            page.Clear();
            more = Page(page, next, table, partition, last, until, cancel);
        }
    }

    private bool Page(
        List<Row> page, SqliteStatement statement, string table, string partition, string from, string? until, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            using var run = statement.Run();
            Name(run, table, partition, from);
            if (until is null)
                run.BindBytes(4, AfterAllText);
            else
                run.Bind(4, until);
            for (var bytes = 0; page.Count < PageRows && bytes < PageBytes; bytes += page[^1].Body.Length)
            {
                if (!run.Step())
                    return false;
                page.Add(new Row(partition, run.Text(0), run.Bytes(2).ToArray(), Text(run.Long(1))));
            }

            return true;
        }
    }

    private void Name(SqliteStatement.Execution run, string table, string partition, string key)
    {
        // Small letters, because Azure tells tables apart without regard to case.
        if (!names.TryGetValue(table, out var name))
            names.Add(table, name = Encoding.ASCII.GetBytes(table.ToLowerInvariant()));
        run.BindUtf8(1, name);
        run.Bind(2, partition);
        run.Bind(3, key);
    }

    private void Fill(SqliteStatement.Execution run, string table, Row row)
    {
        Name(run, table, row.Partition, row.Key);
        run.BindBytes(4, row.Body.Span);
    }

    // The write is committed, or fails, in the step after the row that tells the version.
    private static long Version(SqliteStatement.Execution run)
    {
        var version = run.Long(0);
        run.Step();
        return version;
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static ConflictException Conflict(string table, Row row) =>
        new($"Row '{row.Partition}', '{row.Key}' of {table} is not what its writer expects: somebody else wrote it first.");
}
