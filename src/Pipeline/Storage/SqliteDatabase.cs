using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pharos.Pipeline;

/// <summary>
/// The embedded database of a data folder, shared by <see cref="SqliteTables"/> and <see cref="SqliteJobs"/>: one file, one connection, one lock.
/// What a call wrote survives the death of the process (write-ahead log); a power cut may take the last moments, never the order.
/// Buys: calls of a few microseconds, and batches across tables and jobs. Costs: one call at a time. Revisit when readers queue up.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "pharos.db";

    // wal_autocheckpoint: pages, 16 MiB; a checkpoint waits for the disk, so rare ones make writes cheap. busy_timeout: ms, for a second process.
    // cache_size: KiB. page_size has an effect on a new file only.
    private const string Settings = """
        PRAGMA busy_timeout = 10000;
        PRAGMA page_size = 4096;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = 4096;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -32768;
        PRAGMA temp_store = MEMORY;
        """;

    // For a database that nobody opens again: in memory, without a log.
    private const string ForOneRun = """
        PRAGMA journal_mode = MEMORY;
        PRAGMA synchronous = OFF;
        """;

    private readonly SqliteConnection connection;
    private readonly List<SqliteStatement> statements = [];
    private readonly SqliteStatement begin, commit, rollback;
    private int batches;

    private SqliteDatabase(SqliteConnection connection)
    {
        this.connection = connection;
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        rollback = Prepare("ROLLBACK");
    }

    /// <summary>Held by whoever uses a statement.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Opens the database of a folder, and makes both when they do not exist.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="forOneRun">Whether nobody will open it again, as after a replay: it is in memory, and gone when it is closed.</param>
    /// <exception cref="NotSupportedException">Another Pharos wrote the database, newer or from before the first release; the message says what to do.</exception>
    public static SqliteDatabase Open(string folder, bool forOneRun = false)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        // Pooling would keep the file open after Dispose.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = forOneRun ? ":memory:" : path, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            using (var settings = connection.CreateCommand())
            {
                settings.CommandText = forOneRun ? Settings + ForOneRun : Settings;
                settings.ExecuteNonQuery();
            }

            SqliteSchema.Ensure(connection, path);
            return new SqliteDatabase(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Keeps one transaction open over many calls, of any thread, until disposed: 3 to 5 times faster for a host that replays.
    /// It changes when writes reach the file, never what they mean: later calls see them, and the end of the batch commits them even when
    /// an exception passes by. A kill takes the whole batch; so may storage that fails (a full disk), and then its end throws.
    /// Other processes wait meanwhile, so end it often. Batches nest; the outermost commits.
    /// </summary>
    public IDisposable Batch()
    {
        lock (Gate)
        {
            if (batches == 0)
                begin.Execute();
            batches++;
        }

        return new OpenBatch(this);
    }

    /// <summary>Closes the file. A batch that is still open is lost.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            // SQLite keeps the file open for as long as a statement lives.
            foreach (var statement in statements)
                statement.Dispose();
            connection.Dispose();
        }
    }

    /// <summary>Prepares a statement that lives as long as the database.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        lock (Gate)
        {
            var database = connection.Handle!;
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle), database);
            var statement = new SqliteStatement(database, handle);
            statements.Add(statement);
            return statement;
        }
    }

    /// <summary>
    /// All of the statements until <see cref="Step.Commit"/> or none. Under the lock. In a batch it costs nothing and its failure ends the batch:
    /// savepoints would double the price, and nothing but the storage fails half-way.
    /// </summary>
    internal Step Begin()
    {
        var inBatch = InTransaction;
        if (!inBatch)
            begin.Execute();
        return new Step(this, inBatch);
    }

    private bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle!) == 0;

    private void EndBatch()
    {
        lock (Gate)
        {
            // Fails when the storage failed meanwhile and the transaction is gone: whoever batched must know.
            if (--batches == 0)
                commit.Execute();
        }
    }

    /// <summary>Several statements that count as one. Disposed without commit, it undoes them.</summary>
    internal ref struct Step(SqliteDatabase database, bool inBatch)
    {
        private bool done;

        public void Commit()
        {
            if (!inBatch)
                database.commit.Execute();
            done = true;
        }

        public readonly void Dispose()
        {
            if (!done && database.InTransaction)
                database.rollback.Execute();
        }
    }

    private sealed class OpenBatch(SqliteDatabase database) : IDisposable
    {
        private SqliteDatabase? open = database;

        public void Dispose() => Interlocked.Exchange(ref open, null)?.EndBatch();
    }
}
