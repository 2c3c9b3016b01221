using Microsoft.Data.Sqlite;

namespace Pharos.Pipeline;

/// <summary>The layout of <c>pharos.db</c> and its version, kept in <c>PRAGMA user_version</c>.</summary>
internal static class SqliteSchema
{
    /// <summary>The layout that this build reads and writes, of the tables and of what the rows hold; 0 is an empty file.</summary>
    public const int Version = 2;

    // Rows: an index by name beside the bodies, because bodies inside the index (WITHOUT ROWID) made writes of 1.5 kB 3 times slower and the file
    // twice as large. Keys compare as UTF-8 bytes, which for the characters RowRules admits is the ordinal order of .NET. A version counts up
    // from the highest version ever deleted, so that a row deleted and written again never looks like the old one.
    // Jobs: `at` is when a waiting job is due, a leased one falls back, a dead one died, a done one was completed; times are ticks of UTC.
    private const string Layout = """
        CREATE TABLE rows(
            row INTEGER PRIMARY KEY, tbl TEXT NOT NULL, part TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL,
            UNIQUE(tbl, part, key));
        CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counters VALUES('deleted', 0), ('lease', 0);
        CREATE TABLE jobs(
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, at INTEGER NOT NULL,
            deliveries INTEGER NOT NULL, lease INTEGER NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL);
        CREATE INDEX jobs_by_time ON jobs(state, at, seq);
        PRAGMA user_version = 2;
        """;

    /// <summary>Lays out an empty database, accepts one of this version, refuses any other.</summary>
    /// <exception cref="NotSupportedException">A newer Pharos wrote the database, or one from before the first release.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (Found(connection) == 0)
        {
            // Immediate, and asked again inside: two processes may open a new folder at once.
            using var transaction = connection.BeginTransaction(deferred: false);
            if (Found(connection, transaction) == 0)
                Execute(connection, transaction, Layout);
            transaction.Commit();
        }

        var found = Found(connection);
        if (found > Version)
            throw new NotSupportedException(
                $"{path} was written by a newer Pharos (layout {found}, this one knows {Version}). Update Pharos, or name another data folder.");
        if (found < Version)
            throw new NotSupportedException(
                $"{path} was written by a Pharos from before the first release (layout {found}, this one knows {Version}). Name another data folder with --data: the past is filled in again.");
    }

    private static long Found(SqliteConnection connection, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
