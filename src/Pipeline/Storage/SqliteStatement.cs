using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pharos.Pipeline;

/// <summary>
/// A prepared statement that is bound and stepped without the ADO.NET layer, which would cost more than the statement itself.
/// Use it under the lock of its <see cref="SqliteDatabase"/>: <c>using var run = statement.Run(); run.Bind(1, …); run.Step();</c>.
/// </summary>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    public Execution Run() => new(database, statement);

    /// <summary>For statements without parameters and rows.</summary>
    public void Execute()
    {
        using var run = Run();
        run.Step();
    }

    public void Dispose() => statement.Dispose();

    /// <summary>One execution; its end lets go of the rows and of the read lock.</summary>
    public readonly ref struct Execution(sqlite3 database, sqlite3_stmt statement)
    {
        private const int StackBytes = 256;
        private const int MaxUtf8BytesPerChar = 3;

        public void Bind(int index, long number) => Check(raw.sqlite3_bind_int64(statement, index, number));

        public void Bind(int index, string text)
        {
            var space = text.Length * MaxUtf8BytesPerChar;
            var utf8 = space <= StackBytes ? stackalloc byte[StackBytes] : new byte[space];
            BindUtf8(index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        }

        public void BindUtf8(int index, ReadOnlySpan<byte> text) => Check(raw.sqlite3_bind_text(statement, index, text));

        public void BindBytes(int index, ReadOnlySpan<byte> bytes) => Check(bytes.IsEmpty
            ? raw.sqlite3_bind_zeroblob(statement, index, 0)
            : raw.sqlite3_bind_blob(statement, index, bytes));

        /// <summary>Goes on to the next row; false when there is none.</summary>
        public bool Step()
        {
            var code = raw.sqlite3_step(statement);
            if (code == raw.SQLITE_ROW)
                return true;
            if (code != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(code, database);
            return false;
        }

        public long Long(int column) => raw.sqlite3_column_int64(statement, column);

        public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

        public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

        /// <summary>The bytes of a column, valid until the next step.</summary>
        public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

        // The result of a reset repeats the error of the step, which has been thrown.
        public void Dispose() => _ = raw.sqlite3_reset(statement);

        private void Check(int code)
        {
            if (code != raw.SQLITE_OK)
                SqliteException.ThrowExceptionForRC(code, database);
        }
    }
}
