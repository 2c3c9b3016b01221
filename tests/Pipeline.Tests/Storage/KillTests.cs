using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pharos.Pipeline.Tests;

/// <summary>A second process, started from this same assembly, writes and says what it wrote until it is killed.</summary>
public sealed class KillTests
{
    private const string Folder = "PHAROS_TEST_WRITES_INTO";
    private const string Table = "Readings";
    private const int RowsAtOnce = 10;
    private const int MostTurns = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(300)]
    public async Task What_was_written_survives_a_kill(int turns)
    {
        using var folder = new TempFolder();
        var said = await WriteUntilKilled(folder.Path, turns);
        Assert.True(said >= turns, $"The writer said {said} turns only.");

        using var database = SqliteDatabase.Open(folder.Path);
        var tables = new SqliteTables(database);
        var depth = await new SqliteJobs(database, TimeProvider.System).Depth();
        for (var turn = 1; turn <= said; turn++)
        {
            Assert.NotNull(await tables.Read(Table, "single", Key(turn), Cancel));
            Assert.Equal(RowsAtOnce, await tables.Query(Table, Key(turn), null, null, Cancel).CountAsync(Cancel));
        }

        // The turn in progress may be there in part, but its rows are whole or absent.
        Assert.Contains(await tables.Query(Table, Key(said + 1), null, null, Cancel).CountAsync(Cancel), (int[])[0, RowsAtOnce]);
        Assert.InRange(depth.Waiting, said, said + 1);
    }

    // Before any test framework starts: with the variable set, the process is the writer and nothing else. It ends by itself.
    [ModuleInitializer]
    internal static void WriteWhenAskedTo()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { } folder)
            return;

        using (var database = SqliteDatabase.Open(folder))
        {
            var tables = new SqliteTables(database);
            var jobs = new SqliteJobs(database, TimeProvider.System);
            for (var turn = 1; turn <= MostTurns; turn++)
            {
                var body = new byte[500];
                tables.Write(Table, new Row("single", Key(turn), body), Expect.Absent, default).Wait();
                tables.WriteAll(Table, [.. Enumerable.Range(0, RowsAtOnce).Select(row => new Row(Key(turn), Key(row), body))], default).Wait();
                jobs.Enqueue([new Job.Deliver(Key(turn))], null, default).Wait();
                Console.Out.WriteLine(turn);
                Console.Out.Flush();
            }
        }

        Environment.Exit(0);
    }

    private static async Task<int> WriteUntilKilled(string folder, int turns)
    {
        var dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var start = new ProcessStartInfo(Path.GetFullPath(dotnet), ["exec", typeof(KillTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { [Folder] = folder },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        using var writer = Process.Start(start)!;
        try
        {
            var said = 0;
            while (await writer.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (int.TryParse(line, CultureInfo.InvariantCulture, out var turn))
                    said = turn;
                if (said >= turns && !writer.HasExited)
                    writer.Kill();
            }

            await writer.WaitForExitAsync(limit.Token);
            Assert.NotEqual(0, writer.ExitCode);
            return said;
        }
        finally
        {
            if (!writer.HasExited)
                writer.Kill();
        }
    }

    private static string Key(int number) => number.ToString("D6", CultureInfo.InvariantCulture);
}
